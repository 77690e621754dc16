using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using CognitiveTools.Answers.Expressions;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Reading;

/// <summary>Reads the number out of the text behind an answer marker.</summary>
internal static partial class IntegerCandidate
{
    private const int LargestExponent = 200;
    private const string Operators = "+-*/^=_\\!<>|&~";

    /// <summary>Reads a candidate.</summary>
    /// <returns>The canonical number, or <see langword="null"/> when the candidate names no single number.</returns>
    public static string? Read(string candidate, CandidateSource source)
    {
        if (candidate.Length > MathText.LongestCandidate)
            return null;
        var bare = source is CandidateSource.Box ? CandidateText.Trim(candidate) : CandidateText.Bare(candidate);
        bare = IntegerContext.WithoutStatement(bare);
        if (Value(bare, loose: source is not CandidateSource.Phrase) is { } number)
            return number;
        if (source is CandidateSource.Box || Factorial().IsMatch(bare) || ExpressionCandidate.Read(candidate, source) is not { } inner
            || inner == bare || Value(inner, loose: false) is not { } part)
            return null;
        if (AnswerBoxes.Last(candidate).Box is not null)
            return part;
        return MathText.Plain(bare) is { } plain && MathText.Plain(inner) is { } written && IntegerContext.Allows(plain, part, written)
            ? part : null;
    }

    // Loose: also the only number of a phrase ("x is 42").
    private static string? Value(string candidate, bool loose)
    {
        var text = Currency().Replace(candidate, "");
        if (MathText.Plain(text) is not { Length: > 0 } plain || Factorial().IsMatch(text))
            return null;
        if ((NumberText.Whole(plain) ?? Power(plain) ?? Negative(plain)) is { } alone)
            return alone;
        if (!plain.Contains('=', StringComparison.Ordinal) && Variable().IsMatch(plain))
            return null;
        if (Expression.Read(plain.AsSpan().ContainsAny('\\', '^', '_') ? MathText.Ascii(text) : plain).Tree is { } tree
            && !tree.Any(n => n is Words or Opaque))
            return OfTree(tree) is { } value && IntegerContext.Allows(plain, value, plain) ? value : null;
        if (Leading(plain, 0) is { } direct)
            return direct;
        var equals = plain.LastIndexOf('=');
        if (equals >= 0)
            return Leading(plain, equals + 1 + plain[(equals + 1)..].TakeWhile(c => c == ' ').Count());
        return loose ? Only(plain) : null;
    }

    // The number that mathematics without words comes down to: behind the last equals sign, before a unit, in an option.
    private static string? OfTree(Node tree) => tree switch
    {
        Number number => number.Value.ToString(),
        Quantity quantity when quantity.Unit.Base.StartsWith("mod ", StringComparison.Ordinal)
            || quantity.Unit.Base.Split('*').Contains("th") => null, // "9th"
        Quantity quantity => OfTree(quantity.Value),
        Relation relation when relation.Operators.All(o => o == "=") => OfTree(relation.Parts[^1]),
        Choice { Content: { } content } => OfTree(content),
        Product { Factors: var factors } product when (factors.Length == 2 || factors.Any(f => f is Power))
            && Units.OfProduct(product) is var (value, _) => OfTree(value),
        Product product when product.Factors.All(f => f is Number or Power { Base: Number, Exponent: Number { Value.Sign: < 0 } }) =>
            new ExactEvaluator(new OperationBudget()).Evaluate(product)?.AsRational?.ToString(),
        _ => null,
    };

    // A number followed by words or a unit: "42 apples", "18 per day", "60 %". Not "2x", "3 + 4", "3, 4", "3 or 4", "12 is wrong".
    private static string? Leading(string plain, int start)
    {
        if (NumberText.Read(plain, start) is not { } number || !IntegerContext.Allows(plain, start, number.End))
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

    // "negative 9", "minus nine".
    private static string? Negative(string plain)
    {
        var space = plain.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !(plain.AsSpan(0, space).Equals("negative", StringComparison.OrdinalIgnoreCase)
            || plain.AsSpan(0, space).Equals("minus", StringComparison.OrdinalIgnoreCase)))
            return null;
        return Value(plain[(space + 1)..].TrimStart(), loose: false) is { } value && value[0] != '-' && value != "0" ? "-" + value : null;
    }

    // "9e2".
    private static string? Power(string plain)
    {
        var at = plain.IndexOfAny(['e', 'E']);
        if (at <= 0 || NumberText.Whole(plain[..at]) is not { } digits || !int.TryParse(plain.AsSpan(at + 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var exponent) || exponent is < 0 or > LargestExponent)
            return null;
        return Times(digits, BigInteger.Pow(10, exponent));
    }

    // "5 million" and "3.5 thousand" are whole numbers.
    private static string? Scaled(string number, ReadOnlySpan<char> words)
    {
        var end = words.IndexOfAny(" .,;)");
        var name = end < 0 ? words : words[..end];
        var rest = end < 0 ? default : words[(end + 1)..].TrimStart();
        if (!NumberWords.Scales.TryGetValue(name.ToString().ToLowerInvariant(), out var scale) || Vocabulary.ChangesMeaning(rest))
            return null;
        return Times(number, scale);
    }

    // The product where it is whole.
    private static string? Times(string number, BigInteger scale) =>
        NumberText.Value(number) * scale is { IsWhole: true } whole ? whole.ToString() : null;

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
            if (!IntegerContext.Allows(plain, number.Start, number.End))
                return null;
            only = number.Value;
        }

        return only;
    }

    // "9!" is a product; "42! Great" is 42.
    [GeneratedRegex(@"\d\}?\s*!+[\s$*_.)\\\]}]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Factorial();

    // "9m" is a product, "9 m" a length.
    [GeneratedRegex(@"^[-+]?\d[\d.,]*[A-Za-z](?![A-Za-z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Variable();

    // "US$340", "A$75", "€340".
    [GeneratedRegex(@"\b[A-Z]{1,3}(?=\\?\$\s?\d)|[€£¥₹](?=\s?\d)|\\(?:pounds|euro)\b(?:\{\})?", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Currency();
}
