using System.Text.RegularExpressions;

namespace CognitiveTools.Answers.Reading;

/// <summary>Says whether the words right before a value deny it: <c>not</c>, <c>cannot be</c>, <c>instead of</c>.</summary>
internal static partial class Denial
{
    private const int Longest = 60;

    private const string Denials =
        @"\b(?:not|never|nor|neither|cannot|no longer|instead of|rather than|other than|anything but|everything but|except(?: for)?)\b"
        + @"|n't\b|\\neq?\b|\\not\s*=|≠|(?<![\w)}])!=";

    // Words that lead from a denial to the value.
    private const string Bridges =
        "be|equals?|is|to|the|a|an|value|number|answer|final|correct|simply|just|exactly|actually|necessarily|really|of|as";

    /// <summary>Whether the value that begins at an index of a text is denied by the text before it.</summary>
    public static bool Before(string text, int at) =>
        Words().IsMatch(text[Math.Max(0, at - Longest)..at].Replace('’', '\''));

    [GeneratedRegex($@"(?:{Denials})(?: +(?:{Bridges}))*[\s$*_(:]*(?:\\[(\[]\s*)?(?:[A-Za-z]\s*=\s*)?$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Words();
}
