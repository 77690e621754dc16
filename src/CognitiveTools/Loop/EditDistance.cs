namespace CognitiveTools.Loop;

/// <summary>How far a model's paraphrase is from the original question.</summary>
internal static class EditDistance
{
    private const int LongestText = 2_000;

    /// <summary>The Levenshtein distance of the first 2,000 characters of each.</summary>
    public static int Between(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left[..Math.Min(left.Length, LongestText)];
        right = right[..Math.Min(right.Length, LongestText)];
        var row = new int[right.Length + 1];
        for (var j = 0; j < row.Length; j++)
            row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
