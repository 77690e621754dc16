namespace CognitiveTools.Answers.Reading;

/// <summary>Finds where a sentence ends that may hold mathematics.</summary>
internal static class Sentences
{
    /// <summary>The index of the mark that ends the sentence that begins at an index, or the limit.</summary>
    public static int End(string text, int from, int limit)
    {
        var dollar = false;
        var depth = 0;
        for (var i = from; i < limit; i++)
        {
            if (text[i] == '$' && (i == 0 || text[i - 1] != '\\'))
                dollar = !dollar;
            depth = Math.Max(0, depth + text[i] switch { '{' => 1, '}' => -1, _ => 0 });
            if (text[i] is '。' or '！' or '；')
                return i;
            if (depth > 0 || (dollar && text.IndexOf('$', i + 1, limit - i - 1) >= 0) || text[i] is not ('.' or ';' or '!'))
                continue;
            var next = i + 1 == text.Length ? ' ' : text[i + 1];
            var spacing = text[i] != '.' && i > 0 && text[i - 1] == '\\'; // \! and \; of LaTeX
            if (spacing || !(char.IsWhiteSpace(next) || (text[i] == '.' && next is '*' or '"' or ')' && i + 2 >= limit)))
                continue;
            if (text[i] == '!' && !EndsWithShout(text, i, limit))
                continue;
            if (text[i] == '.' && IsAbbreviation(text, i))
                continue;
            return i;
        }

        return limit;
    }

    // "It is 42! Great" ends, "100! + 7" does not.
    private static bool EndsWithShout(string text, int at, int limit)
    {
        var next = at + 1;
        while (next < limit && text[next] == ' ')
            next++;
        return next >= limit || char.IsUpper(text[next]) || char.IsSurrogate(text[next]);
    }

    // "p.m.", "e.g."
    private static bool IsAbbreviation(string text, int at) =>
        at >= 3 && text[at - 2] == '.' && char.IsAsciiLetter(text[at - 1]) && char.IsAsciiLetter(text[at - 3])
        && at + 2 < text.Length && !char.IsUpper(text[at + 2]);
}
