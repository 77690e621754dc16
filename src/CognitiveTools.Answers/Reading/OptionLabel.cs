using System.Text.RegularExpressions;

namespace CognitiveTools.Answers.Reading;

/// <summary>Reads the letter of an option: <c>Option B</c>, <c>(B)</c>, <c>B) Paris</c>.</summary>
internal static partial class OptionLabel
{
    /// <summary>The letter or number of a text that names an option and nothing else; the text itself when it does not.</summary>
    public static string Alone(string text) => Label().Match(text) is { Success: true } label ? label.Groups["name"].Value : text;

    /// <summary>The letter of an option that is before the option's text, or <see langword="null"/>.</summary>
    public static string? Before(string text) => Marked().Match(text) is { Success: true } marked ? marked.Groups["name"].Value : null;

    [GeneratedRegex(@"^(?:(?:the )?(?:(?:correct|right|final|best) )?(?:option|choice|answer(?: choice)?|letter)(?: is)?:? "
        + @"\(?(?<name>[a-z]|\d{1,2})[).:]?|\(?(?<name>[^\s(])\)|(?<name>[a-j])[.:])$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Label();

    [GeneratedRegex(@"^(?:(?:[Oo]ption|[Cc]hoice) )?(?:\((?<name>[A-J])\)|(?<name>[A-J])[).:]) \S",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Marked();
}
