using CognitiveTools.Calls;

namespace CognitiveTools.Answers.Scoring;

/// <summary>
/// The part of a text in which it states its result. A small whole number occurs in most solutions by chance, and says
/// nothing there; where the text concludes it says that the answer was perhaps misread.
/// </summary>
internal static class Conclusion
{
    /// <summary>
    /// With an answer: its own line without the answer itself, and all that follows. Without one: the last line that is not blank,
    /// thoughts left out.
    /// </summary>
    /// <param name="text">The whole text.</param>
    /// <param name="answer">Where the answer that was read is in the text; <see langword="null"/> when none was read, or its place is not
    /// known.</param>
    public static IEnumerable<string> Of(string text, (int Start, int Length)? answer)
    {
        if (answer is not { } span)
            return ThinkBlocks.Mask(text).Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).TakeLast(1);
        var line = text.LastIndexOf('\n', Math.Max(0, span.Start - 1)) + 1;
        return [text[Math.Min(line, span.Start)..span.Start], text[(span.Start + span.Length)..]];
    }
}
