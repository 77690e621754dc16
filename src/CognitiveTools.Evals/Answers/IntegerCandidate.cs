namespace CognitiveTools.Evals.Answers;

/// <summary>Reads the number out of what stands after an answer marker.</summary>
internal static class IntegerCandidate
{
    private const string Operators = "+-*/^=_\\!<>|&~%";

    /// <summary>Reads a candidate.</summary>
    /// <param name="candidate">The text after the marker.</param>
    /// <param name="loose">Also take the only number of a phrase (<c>x is 42</c>).</param>
    /// <returns>The canonical number, or <see langword="null"/> when the candidate names no single number.</returns>
    public static string? Read(ReadOnlySpan<char> candidate, bool loose)
    {
        if (MathText.Plain(candidate) is not { Length: > 0 } plain)
            return null;
        if ((NumberText.Whole(plain) ?? Leading(plain)) is { } direct)
            return direct;
        var equals = plain.LastIndexOf('=');
        if (equals >= 0)
        {
            var right = plain[(equals + 1)..].Trim();
            return NumberText.Whole(right) ?? Leading(right);
        }

        return loose ? Only(plain) : null;
    }

    // A number followed by words or a unit: "42 apples", "18 per day". Not "2x", "3 + 4", "3, 4", "3 or 4".
    private static string? Leading(string plain)
    {
        if (NumberText.Read(plain, 0) is not { } number)
            return null;
        var rest = plain.AsSpan(number.End);
        if (rest.Length > 0 && rest[0] == '%')
            rest = rest[1..];
        var words = rest.TrimStart();
        if (words.Length == 0)
            return number.Value;
        if (Operators.Contains(words[0], StringComparison.Ordinal) || char.IsAsciiDigit(words[0]))
            return null;
        if (words[0] is ',' or ';' or '.' && words[1..].TrimStart() is [>= '0' and <= '9' or '-', ..])
            return null;
        if (words.StartsWith("or ", StringComparison.OrdinalIgnoreCase) || words.StartsWith("and ", StringComparison.OrdinalIgnoreCase))
            return null;
        var variable = char.IsLetter(words[0]) && (words.Length == 1 || !char.IsLetter(words[1]));
        return variable && words.Length == rest.Length ? null : number.Value;
    }

    private static string? Only(string plain)
    {
        foreach (var character in plain)
        {
            if (character is not '-' && Operators.Contains(character, StringComparison.Ordinal))
                return null;
        }

        string? only = null;
        foreach (var number in NumberText.All(plain))
        {
            if (only is not null || (number.End < plain.Length && char.IsLetter(plain[number.End])))
                return null;
            only = number.Value;
        }

        return only;
    }
}
