namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>How near a text comes to the one wanted, by the paper's three measures over tokens.</summary>
/// <param name="Exact">Whether they are the same.</param>
/// <param name="EditDistance">Levenshtein distance over the longer length: 0 is the same, 1 nothing in common.</param>
/// <param name="Bleu">Sentence BLEU up to four tokens, smoothed: 1 is the same, 0 nothing in common.</param>
internal readonly record struct ChainScore(bool Exact, double EditDistance, double Bleu)
{
    private const int LongestGram = 4;

    // NLTK's smoothing method 1, which the published code uses: a precision of zero becomes this over the count.
    private const double Smoothing = 0.1;

    /// <summary>Compares two texts. Letters, function names like <c>[F1]</c> and line breaks are the tokens.</summary>
    /// <param name="said">What was said.</param>
    /// <param name="wanted">What should have been said.</param>
    public static ChainScore Of(string said, string wanted)
    {
        string[] a = [.. Tokens(said)], b = [.. Tokens(wanted)];
        var longest = Math.Max(a.Length, b.Length);
        return new ChainScore(
            a.SequenceEqual(b), longest == 0 ? 0 : (double)Text.EditDistance.Between<string>(a, b) / longest, BleuOf(a, b));
    }

    /// <summary>The tokens of a text; spaces separate tokens and are not tokens.</summary>
    internal static IReadOnlyList<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var at = 0; at < text.Length; at++)
        {
            var end = text[at] == '[' ? text.IndexOf(']', at) : at;
            if (end < 0)
                end = at;
            if (text[at] != ' ')
                tokens.Add(text[at..(end + 1)]);
            at = end;
        }

        return tokens;
    }

    private static double BleuOf(string[] said, string[] wanted)
    {
        if (said.Length == 0 || wanted.Length == 0)
            return 0;
        var logs = 0.0;
        for (var n = 1; n <= LongestGram; n++)
        {
            var there = Grams(wanted, n);
            var given = Grams(said, n);
            var total = Math.Max(1, given.Values.Sum());
            var hits = given.Sum(gram => Math.Min(gram.Value, there.GetValueOrDefault(gram.Key)));
            if (n == 1 && hits == 0)
                return 0;
            logs += Math.Log(hits > 0 ? (double)hits / total : Smoothing / total);
        }

        var brevity = said.Length > wanted.Length ? 1 : Math.Exp(1 - ((double)wanted.Length / said.Length));
        return brevity * Math.Exp(logs / LongestGram);
    }

    private static Dictionary<string, int> Grams(string[] tokens, int n)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var start = 0; start + n <= tokens.Length; start++)
        {
            // Tokens hold no NUL, so joined ones cannot be mistaken for others.
            var gram = string.Join('\0', tokens.Skip(start).Take(n));
            counts[gram] = counts.GetValueOrDefault(gram) + 1;
        }

        return counts;
    }
}
