namespace CognitiveTools.Answers.Reading;

/// <summary>What was read out of a text.</summary>
/// <param name="Answer">The normalised answer, or <see langword="null"/> when the text gives none.</param>
/// <param name="Rule">Where it was found.</param>
public sealed record Extraction(string? Answer, AnswerRule Rule)
{
    /// <summary>Nothing found.</summary>
    public static Extraction Nothing { get; } = new(null, AnswerRule.None);

    /// <summary>Index of the first character of the answer as written, and its length; <see langword="null"/> with no answer.</summary>
    public (int Start, int Length)? Span { get; init; }

    /// <summary>An <c>ANSWER</c> line and a box disagreed; the later of the two was taken.</summary>
    public bool Conflict { get; init; }

    /// <summary>Text after an answer marker that could not be read as an answer; <see langword="null"/> when there is none.</summary>
    public string? Unreadable { get; init; }

    /// <summary>A think block was opened and never closed, so the text after it was not searched.</summary>
    public bool OpenThoughts { get; init; }

    /// <summary>
    /// The answer is the very end of the text, so that a text cut by a limit may have lost its last digits.
    /// </summary>
    public bool TouchesEnd { get; init; }

    /// <summary>
    /// Behind the answer another one was begun and has no end, so that a limit that cut the text took the answer back. Where a box
    /// stays open there is no answer at all.
    /// </summary>
    public bool Unfinished { get; init; }

    /// <summary>The answer is not an integer from 0 to 999, which every AIME answer is. Recorded only; other sets have others.</summary>
    public bool OutsideAimeRange { get; init; }
}
