namespace CognitiveTools.Text;

/// <summary>Breaks text into lines of at most a number of characters.</summary>
internal static class TextWrap
{
    /// <summary>A width at which nothing is wrapped: that of a file or a pipe.</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>
    /// The lines; at least one. Blanks at the start stay, and a word that is longer than a line has a line of its own.
    /// </summary>
    public static IEnumerable<string> Words(string text, int width)
    {
        if (text.Length <= width)
        {
            yield return text;
            yield break;
        }

        var words = text.TrimStart(' ');
        string? line = null;
        foreach (var word in words.Split(' '))
        {
            if (line is not null && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
                line = line is null ? text[..^words.Length] + word : $"{line} {word}";
        }

        yield return line!;
    }

    /// <summary>As <see cref="Words"/>, and a longer word is cut, behind a sign where it has one.</summary>
    public static IEnumerable<string> Cells(string text, int width)
    {
        foreach (var line in Words(text, width))
        {
            var rest = line;
            for (; rest.Length > width; rest = rest[CutOf(rest, width)..])
                yield return rest[..CutOf(rest, width)];
            yield return rest;
        }
    }

    /// <summary>A text whose lines are wrapped one by one; an indented line's parts are indented as it is.</summary>
    public static string Block(string text, int width) =>
        width == Unlimited ? text : string.Join('\n', text.Split('\n').SelectMany(line => Indented(line, width)));

    private static IEnumerable<string> Indented(string line, int width)
    {
        var words = line.TrimStart(' ');
        var indent = line[..^words.Length];
        return Words(words, width - indent.Length).Select(part => indent + part);
    }

    // Not in the first half of the line: pieces would become short.
    private static int CutOf(string word, int width)
    {
        for (var at = width; at > width / 2; at--)
        {
            if (!char.IsLetterOrDigit(word[at - 1]) && !char.IsSurrogate(word[at - 1]))
                return at;
        }

        return width > 1 && char.IsHighSurrogate(word[width - 1]) ? width - 1 : width;
    }
}
