using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using CognitiveTools.Evals.Expressions;

namespace CognitiveTools.Evals.Answers;

/// <summary>Reads the number out of what stands after an answer marker.</summary>
internal static partial class IntegerCandidate
{
    private const string Operators = "+-*/^=_\\!<>|&~";

    /// <summary>Reads a candidate.</summary>
    /// <returns>The canonical number, or <see langword="null"/> when the candidate names no single number.</returns>
    public static string? Read(string candidate, CandidateSource source)
    {
        if (candidate.Length > MathText.LongestCandidate)
            return null;
        if (source is CandidateSource.Box)
            return Value(candidate, loose: true);
        var bare = CandidateText.Bare(candidate);
        if (Value(bare, loose: source is CandidateSource.Line) is { } number)
            return number;
        return ExpressionCandidate.Read(candidate, source) is { } inner && inner != bare ? Value(inner, loose: false) : null;
    }

    // Loose: also the only number of a phrase ("x is 42").
    private static string? Value(string candidate, bool loose)
    {
        if (MathText.Plain(Currency().Replace(candidate, "")) is not { Length: > 0 } plain)
            return null;
        if ((NumberText.Whole(plain) ?? Leading(plain) ?? Named(plain)) is { } direct)
            return direct;
        var equals = plain.LastIndexOf('=');
        if (equals >= 0)
        {
            var right = plain[(equals + 1)..].Trim();
            return NumberText.Whole(right) ?? Leading(right);
        }

        return loose ? Only(plain) : null;
    }

    // A number followed by words or a unit: "42 apples", "18 per day", "60 %". Not "2x", "3 + 4", "3, 4", "3 or 4", "12 is wrong".
    private static string? Leading(string plain)
    {
        if (NumberText.Read(plain, 0) is not { } number)
            return null;
        var rest = plain.AsSpan(number.End);
        var words = rest.TrimStart();
        if (words is ['%', ..])
            words = words[1..].TrimStart();
        if (words.Length == 0)
            return number.Value;
        if (Operators.Contains(words[0], StringComparison.Ordinal) || char.IsAsciiDigit(words[0]))
            return null;
        if (words[0] is ',' or ';' or '.' && words[1..].TrimStart() is [>= '0' and <= '9' or '-', ..])
            return null;
        if (words.StartsWith("or ", StringComparison.OrdinalIgnoreCase) || words.StartsWith("and ", StringComparison.OrdinalIgnoreCase))
            return null;
        if (Scaled(number.Value, words) is { } scaled)
            return scaled;
        if (Vocabulary.ChangesMeaning(words.TrimStart(",;.( ")))
            return null;
        var variable = char.IsLetter(words[0]) && (words.Length == 1 || !char.IsLetter(words[1]));
        return variable && words.Length == rest.Length ? null : number.Value;
    }

    // "5 million" and "3.5 thousand" are whole numbers.
    private static string? Scaled(string number, ReadOnlySpan<char> words)
    {
        var end = words.IndexOfAny(" .,;)");
        var name = end < 0 ? words : words[..end];
        var rest = end < 0 ? default : words[(end + 1)..].TrimStart();
        if (!NumberWords.Scales.TryGetValue(name.ToString().ToLowerInvariant(), out var scale) || Vocabulary.ChangesMeaning(rest))
            return null;
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : number.Length - point - 1;
        return BigInteger.TryParse(number.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var digits)
            && Rational.Of(digits * scale, BigInteger.Pow(10, decimals)) is { IsWhole: true } whole ? whole.ToString() : null;
    }

    // "forty-two".
    private static string? Named(string plain) =>
        plain.Length < 80 && NumberWords.Read(Vocabulary.Plain(plain)) is ({ IsWhole: true } value, "") ? value.ToString() : null;

    private static string? Only(string plain)
    {
        foreach (var character in plain)
        {
            if (character is not '-' && (character is '%' || Operators.Contains(character, StringComparison.Ordinal)))
                return null;
        }

        string? only = null;
        foreach (var number in NumberText.All(plain))
        {
            var rest = plain.AsSpan(number.End);
            if (only is not null || rest is [var next, ..] && char.IsLetter(next) || Vocabulary.ChangesMeaning(rest.TrimStart()))
                return null;
            only = number.Value;
        }

        return only;
    }

    // "US$340", "A$75", "€340".
    [GeneratedRegex(@"\b[A-Z]{1,3}(?=\\?\$\s?\d)|[€£¥₹](?=\s?\d)|\\(?:pounds|euro)\b(?:\{\})?", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Currency();
}
