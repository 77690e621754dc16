using System.Text.RegularExpressions;

namespace CognitiveTools.Answers.Reading;

/// <summary>Finds the boxed answer of a text. Boxes side by side, with only separators of a list between them, are one answer
/// together. A box behind a denial (<c>not \boxed{9}</c>) is not an answer.</summary>
internal static partial class AnswerBoxes
{
    private const int LongestGap = 60;

    /// <summary>The last box, or the list of boxes that ends with it; and where a box begins behind it that never ends, or -1.</summary>
    public static (BoxedText? Box, int Begun) Last(string text)
    {
        var (boxes, begun) = BoxedText.All(text);
        boxes.RemoveAll(box => Denial.Before(text, box.Start));
        if (boxes.Count == 0)
            return (null, begun);
        var first = boxes.Count - 1;
        while (first > 0 && IsSeparator(text, boxes[first - 1].End, boxes[first].Start))
            first--;
        var list = boxes.Skip(first).ToArray();
        string[] names = [.. list.Select(b =>
            Name().Match(text, Math.Max(0, b.Start - LongestGap), b.Start - Math.Max(0, b.Start - LongestGap)).Groups["name"].Value)];
        var named = names.All(n => n.Length > 0) && names.Distinct(StringComparer.Ordinal).Count() == names.Length;
        string[] contents = [.. list.Select((b, i) => named && list.Length > 1 ? $"{names[i]} = {b.Content.Trim()}" : b.Content.Trim())
            .Distinct(StringComparer.Ordinal)];
        return (contents.Length == 1 ? boxes[^1] : new BoxedText(string.Join(", ", contents), boxes[first].Start, boxes[^1].End), begun);
    }

    private static bool IsSeparator(string text, int from, int to) =>
        to >= from && to - from <= LongestGap && text.AsSpan(from, to - from) is var gap && Gap().IsMatch(gap)
        && (gap.ContainsAny(",;") || gap.Contains("and", StringComparison.OrdinalIgnoreCase)
            || gap.Contains("or", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^(?:[\s$,;.]|\\[()\[\] ,;!]|\\quad|\\text\{\s*(?:and|or),?\s*\}|\b(?:and|or)\b)*(?:[A-Za-z](?:_\{?\w\}?)?\s*=\s*)?$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Gap();

    // The x of "x = \boxed{3}" at the end of the text before a box.
    [GeneratedRegex(@"(?<name>[A-Za-z](?:_\{?\w\}?)?)\s*=\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();
}
