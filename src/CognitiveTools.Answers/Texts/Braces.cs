namespace CognitiveTools.Answers.Texts;

/// <summary>Matches curly braces.</summary>
internal static class Braces
{
    /// <summary>The index of the brace that closes the one at an index; -1 when none does.</summary>
    public static int Closing(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return i;
        }

        return -1;
    }
}
