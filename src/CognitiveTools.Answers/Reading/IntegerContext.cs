using System.Globalization;
using System.Text.RegularExpressions;
using CognitiveTools.Answers.Expressions;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Reading;

/// <summary>
/// Decides whether the text around a number leaves the number as the answer. A negation, a bound, a function, a condition, a second
/// answer, a fraction or an operator next to it changes the answer. Words that only name or explain the number do not.
/// </summary>
internal static partial class IntegerContext
{
    private static readonly string[] Reasons =
        [", which ", ", since ", " because ", " since ", ", as ", ", so ", ", hence ", ", thus ", ", where ", ", by ", ", but ",
            ", none "];

    /// <summary>Whether a number of a plain text with this value, which may be written as a name or a fraction, is its answer.</summary>
    public static bool Allows(string plain, string value, string written)
    {
        var same = NumberText.All(plain).Where(n => NumberText.AreEqual(n.Value, value)).ToList();
        if (same.Count > 0)
            return same.Any(n => Allows(plain, n.Start, n.End));
        var at = plain.IndexOf(written, StringComparison.Ordinal);
        return at >= 0 && !Tokens(written).Contains("and") && Allows(plain, at, at + written.Length); // "9 and a half"
    }

    /// <summary>A text without a statement about other things at its end: <c>9, and 4 cases were checked</c>, <c>9! Great</c>.</summary>
    public static string WithoutStatement(string text)
    {
        if (Statement().Match(text) is { Success: true } statement)
            return text[..statement.Index];
        var end = Sentences.End(text, 0, text.Length);
        return end + 1 < text.Length && text[end] == '!' && Tokens(text[end..]) is [var first, ..] && !Vocabulary.TakesBack(first)
            ? text[..end] : text;
    }

    /// <summary>Whether the number between two indices of a plain text is its answer.</summary>
    public static bool Allows(string plain, int start, int end)
    {
        var (before, after) = (Before(plain, start), Claim(plain[end..], out var remark));
        if (remark.Any(Vocabulary.TakesBack) || TouchesOperator(before, after) || TouchesWord(after))
            return false;
        return !From().IsMatch(before) && !Contradicts(plain[start..end], before, after)
            && AllowsBefore(Tokens(before)) && AllowsAfter(after, Tokens(after));
    }

    // The sentence before the number.
    private static string Before(string plain, int start)
    {
        var from = 0;
        for (var end = Sentences.End(plain, 0, start); end < start; end = Sentences.End(plain, from, start))
            from = end + 1;
        return plain[from..start];
    }

    // "6 (seven)", "seven (6)": a number in words that is another one.
    private static bool Contradicts(string number, string before, string after) =>
        (SpelledBehind().Match(after) is { Success: true } behind ? behind : SpelledBefore().Match(before)) is { Success: true } spelled
        && NumberWords.Read(Vocabulary.Plain(spelled.Groups["words"].Value)) is ({ } value, "")
        && NumberText.Whole(number) is { } written && !NumberText.AreEqual(value.ToString(), written);

    // What is said of the number up to a reason or the end of the sentence, and the words behind it.
    private static string Claim(string rest, out List<string> remark)
    {
        var end = Sentences.End(rest, 0, rest.Length);
        while (end < rest.Length && rest[end] == ';')
            end = Sentences.End(rest, end + 1, rest.Length);
        var next = Tokens(rest[end..]);
        foreach (var reason in Reasons)
        {
            if (rest.IndexOf(reason, 0, end, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
                end = at;
        }

        if (Contrast().Match(rest[..end]) is { Success: true } contrast)
            end = contrast.Index; // "12, not 13" is 12
        remark = end < rest.Length && Reasons.Any(r => rest.AsSpan(end).StartsWith(r, StringComparison.OrdinalIgnoreCase))
            ? Tokens(rest[end..]) : [.. next.Take(1)];
        return rest[..end];
    }

    private static bool TouchesOperator(string before, string after)
    {
        var left = before.TrimEnd(' ', '(', '[');
        var bracket = left.Length < before.TrimEnd().Length;
        if (left.Length > 0 && (bracket && char.IsLetterOrDigit(left[^1]) && before[left.Length] != ' '
            || IsOperator(left[^1], "+*/^_<>|&~!%")))
            return true; // "f(9)", "√9"
        if (left is [.., '-'] && left.Length >= 3 && left[..^1].TrimEnd() is [.., var sign] term
            && (!char.IsLetter(sign) || term.Length == 1 || !char.IsLetter(term[^2])))
            return true; // "x - 9"
        var right = after.TrimStart(' ', ')', ']');
        if (right is ['%', .. var share])
            return Tokens(share) is ["of", ..];
        return right.Length > 0 && (IsOperator(right[0], "+*/^_<>|&~?\\→⇒⟹")
            || right[0] == '!' && Sentences.End(right, 0, right.Length) > 0
            || char.IsAsciiDigit(right[0])
            || right[0] is '-' && (right.Length == 1 || right[1] is not (' ' or '-') && !char.IsLetter(right[1]))
            || right is [':', >= '0' and <= '9', ..]);
    }

    private static bool IsOperator(char character, string ascii) => ascii.Contains(character, StringComparison.Ordinal)
        || character > 127 && character is not ('≈' or '→' or '⇒' or '⟹' or '∴')
            && char.GetUnicodeCategory(character) is UnicodeCategory.MathSymbol or UnicodeCategory.OtherNumber;

    // "9th" and "9bn" are not 9; "9cm" is.
    private static bool TouchesWord(string after) => after is [var first, ..] && char.IsLetter(first)
        && Tokens(after)[0] is { Length: > 1 } word && char.IsAsciiLetter(first) && !NumberWords.Scales.ContainsKey(word)
        && Units.Read(word) is null or { Base: "th" };

    private static bool AllowsBefore(List<string> words)
    {
        if (words.Any(Vocabulary.Withdraws))
            return false;
        while (words is [.. var fewer, "a" or "the" or "exactly" or "just" or "only" or "simply" or "precisely"])
            words = fewer;
        return words switch
        {
            [.., var noun, "of"] => Vocabulary.NamesValue(noun),
            [.., "given" or "denoted" or "represented", "by"] => true,
            [.., "up" or "close" or "next" or "prior" or "tends" or "go" or "goes" or "converges" or "congruent", "to"] => false,
            [.., var number, "and" or "or" or "to" or "vs"] when Vocabulary.IsNumeral(number) => false,
            [.., var last] => !Vocabulary.ActsOnNumber(last),
            [] => true,
        };
    }

    private static bool AllowsAfter(string after, List<string> words)
    {
        if (words.Any(w => Vocabulary.Withdraws(w) || Vocabulary.IsFraction(w)))
            return false;
        if (Vocabulary.ChangesMeaning(after.TrimStart(' ', ',', ';', '.', '(', ')')) || Another().IsMatch(after))
            return false;
        if (words is ["in", var whole, ..] && Vocabulary.IsNumeral(whole))
            return false; // "one in 9"
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (words[i] is "and" or "or" or "of" or "base" or "to" or "vs" && Vocabulary.IsNumeral(words[i + 1])
                || words[i] is "and" or "or" && Vocabulary.ActsOnNumber(words[i + 1])
                || words[i] is "at" && words[i + 1] is "most" or "least"
                || words[i] is "of" && words[i + 1] is "the" && i + 2 < words.Count && Vocabulary.IsNumeral(words[i + 2]))
                return false;
        }

        return true;
    }

    private static List<string> Tokens(string text) =>
        [.. Token().Matches(text).Select(m => m.Value.Replace('’', '\'').ToLowerInvariant())];

    [GeneratedRegex(@"[\p{L}][\p{L}'’]*|\d[\d,.]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Token();

    [GeneratedRegex(@", and \d+ [a-z]{3,} (?:was|were|is|are|has|have)\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Statement();

    [GeneratedRegex(@"^[^,;(]{0,40}[,(]?\s*(?:and )?not (?:-?\d|the )", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Contrast();

    [GeneratedRegex(@"^\s*\((?<words>[A-Za-z -]+)\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SpelledBehind();

    [GeneratedRegex(@"(?<words>[A-Za-z -]+)\($", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SpelledBefore();

    // "from 1 to 9".
    [GeneratedRegex(@"\bfrom -?\d", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex From();

    // "9, 10", "9; 10", "9? 10".
    [GeneratedRegex(@"^\s*[,;?]\s*(?:[A-Za-z]\s*=\s*)?-?\d|[,;]\s*-?\d+\s*(?:$|[,;.)]|(?:for|if|when)\b)",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Another();
}
