using CognitiveTools.Answers.Reading;
using CognitiveTools.Calls;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Answers.Scoring;

/// <summary>Judges a reasoning against a reference answer.</summary>
public static class Scorer
{
    /// <summary>Judges one sample. Needs no model, so stored samples can be judged again.</summary>
    /// <param name="reference">The right answer.</param>
    /// <param name="reasoning">What the reasoner said and how it stopped.</param>
    /// <param name="kind">How answers are read and compared.</param>
    public static SampleScore Score(string reference, Reasoning reasoning, IAnswerKind kind)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(reasoning);
        ArgumentNullException.ThrowIfNull(kind);
        return Judge(reference, reasoning, kind) with
        {
            BranchesCorrect = reasoning.Steps.OfType<Branch>()
                .Count(b => kind.Extract(b.Text).Answer is { } answer && kind.Compare(answer, reference).Equal),
        };
    }

    private static SampleScore Judge(string reference, Reasoning reasoning, IAnswerKind kind)
    {
        if (reasoning.Stop == StopReason.Failed)
        {
            return new SampleScore(SampleStatus.Error, Extraction.Nothing)
            {
                Error = reasoning.Error ?? "The reasoner failed and gave no reason.",
            };
        }

        var cut = reasoning.Stop is StopReason.TokenLimit or StopReason.ContextFull or StopReason.TimedOut;
        var extraction = kind.Extract(reasoning.Answer);

        // A cut in the middle of the final number leaves a number that the model never gave; a cut within the answer that
        // replaces an earlier one leaves the one that was taken back.
        var answered = extraction.Answer is not null && !(cut && (extraction.TouchesEnd || extraction.Unfinished));
        var comparison = answered ? kind.Compare(extraction.Answer!, reference) : default;
        var status = answered
            ? comparison.Equal ? SampleStatus.Correct : SampleStatus.Incorrect
            : cut ? SampleStatus.Truncated : SampleStatus.NoAnswer;
        var score = new SampleScore(status, extraction)
        {
            CutAfterAnswer = cut && answered,
            ComparedAsText = comparison.AsText,
            CountLooksLikeLimit = !cut && TokenCount.LooksLikeLimit(reasoning.Usage.Generated),
        };
        if (status == SampleStatus.Correct)
            return score;

        return score with
        {
            Extraction = answered ? extraction : extraction with { Answer = null, Rule = AnswerRule.None, Span = null },
            GoldSeenUnextracted = kind.Mentions(ThinkBlocks.Mask(reasoning.Answer), reference),
            GoldSeenInThoughts = kind.Mentions(ThinkBlocks.Thoughts(reasoning.Answer), reference),
            GoldConcluded = Conclusion.Of(reasoning.Answer, answered ? extraction.Span : null)
                .Any(part => kind.Mentions(part, reference)),
        };
    }
}
