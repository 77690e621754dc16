using CognitiveTools.Answers.Reading;

namespace CognitiveTools.Answers.Scoring;

/// <summary>The verdict on one sample and what to know about it.</summary>
/// <param name="Status">The verdict.</param>
/// <param name="Extraction">What was read from the answer text.</param>
public sealed record SampleScore(SampleStatus Status, Extraction Extraction)
{
    /// <summary>A limit cut the text, but only after it had given its answer; the answer counts.</summary>
    public bool CutAfterAnswer { get; init; }

    /// <summary>The reference answer is in the visible text but is not what was extracted: maybe a reading fault.</summary>
    public bool GoldSeenUnextracted { get; init; }

    /// <summary>The sample is not correct and the reference answer is in the model's thoughts.</summary>
    public bool GoldSeenInThoughts { get; init; }

    /// <summary>
    /// The sample is not correct and the reference answer is where the text concludes: on the answer's own line or after it, or
    /// on the last line of a text without an answer. Probably a reading fault, or a later change of mind.
    /// </summary>
    public bool GoldConcluded { get; init; }

    /// <summary>
    /// The answer or the reference could not be read within the limits, so that only their texts were compared: an equal
    /// answer in other words counts as incorrect.
    /// </summary>
    public bool ComparedAsText { get; init; }

    /// <summary>
    /// The text is said to have ended by itself, yet its tokens number a power of two or ten times a small factor: maybe a
    /// limit cut it that was not reported (see <see cref="TokenCount"/>).
    /// </summary>
    public bool CountLooksLikeLimit { get; init; }

    /// <summary>Of the solves that the result was chosen from, those with the right answer.</summary>
    public int BranchesCorrect { get; init; }

    /// <summary>
    /// What these solves found where problems have several right answers that can be counted; otherwise <see langword="null"/>.
    /// </summary>
    internal FoundAnswers? Found { get; init; }

    /// <summary>What went wrong when <see cref="Status"/> is <see cref="SampleStatus.Error"/>.</summary>
    public string? Error { get; init; }
}
