using CognitiveTools.Answers.Reading;
using CognitiveTools.Calls;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Answers.Scoring;

/// <summary>Grades texts and reasonings against a reference answer. Needs no model, so stored texts can be graded again.</summary>
public static class Scorer
{
    /// <summary>Grades one text.</summary>
    /// <param name="kind">How answers are read and compared.</param>
    /// <param name="text">What a model wrote, thoughts included.</param>
    /// <param name="reference">The right answer.</param>
    /// <param name="cut">Whether a limit cut the text, so that an answer at its very end is not trusted.</param>
    public static SampleScore Grade(this IAnswerKind kind, string text, string reference, bool cut = false)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(reference);
        var extraction = kind.Extract(text);

        // A cut in the middle of the final number leaves a number that the model never gave; a cut within the answer that
        // replaces an earlier one leaves the one that was taken back.
        var answered = extraction.Answer is not null && !(cut && (extraction.TouchesEnd || extraction.Unfinished));
        var comparison = answered ? kind.Compare(extraction.Answer!, reference) : default;
        var status = answered
            ? comparison.Equal ? SampleStatus.Correct : SampleStatus.Incorrect
            : cut ? SampleStatus.Truncated : SampleStatus.NoAnswer;
        var score = new SampleScore(status, extraction) { CutAfterAnswer = cut && answered, ComparedAsText = comparison.AsText };
        if (status == SampleStatus.Correct)
            return score;

        return score with
        {
            Extraction = answered ? extraction : extraction with { Answer = null, Rule = AnswerRule.None, Span = null },
            GoldSeenUnextracted = kind.Mentions(ThinkBlocks.Mask(text), reference),
            GoldSeenInThoughts = kind.Mentions(ThinkBlocks.Thoughts(text), reference),
            GoldConcluded = Conclusion.Of(text, answered ? extraction.Span : null).Any(part => kind.Mentions(part, reference)),
        };
    }

    /// <summary>Grades what a reasoner answered.</summary>
    /// <param name="reference">The right answer.</param>
    /// <param name="reasoning">What the reasoner said and how it stopped.</param>
    /// <param name="kind">How answers are read and compared.</param>
    public static SampleScore Score(string reference, Reasoning reasoning, IAnswerKind kind)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(reasoning);
        ArgumentNullException.ThrowIfNull(kind);
        var answers = reasoning.Steps.OfType<Branch>().Select(b => Found(b, reference, kind)).ToArray();
        var branches = answers.Count(static answer => answer.IsRight);
        var found = answers.Length > 0 && (kind as ICountedAnswers)?.CountRight(reference) is { } count
            ? new FoundAnswers(count, answers) : null;
        if (reasoning.Stop == StopReason.Failed)
        {
            return new SampleScore(SampleStatus.Error, Extraction.Nothing)
            {
                Error = reasoning.Error ?? "The reasoner failed and gave no reason.",
                BranchesCorrect = branches,
                Found = found,
            };
        }

        var cut = reasoning.Stop is StopReason.TokenLimit or StopReason.ContextFull or StopReason.TimedOut;
        var score = kind.Grade(reasoning.Answer, reference, cut);
        return score with
        {
            GoldSeenInThoughts = score.GoldSeenInThoughts || (score.Status != SampleStatus.Correct && IsInThoughts()),
            CountLooksLikeLimit = !cut && TokenCount.LooksLikeLimit(reasoning.Usage.Generated),
            BranchesCorrect = branches,
            Found = found,
        };

        // Thoughts that the client returned apart from the text.
        bool IsInThoughts() =>
            reasoning.Steps.OfType<Said>().Any(said => said.Thoughts is { } thoughts && kind.Mentions(thoughts, reference));
    }

    private static FoundAnswer Found(Branch branch, string reference, IAnswerKind kind)
    {
        var answer = kind.Extract(branch.Text).Answer;
        return new FoundAnswer(answer, answer is not null && kind.Compare(answer, reference).Equal, branch.Confidence);
    }
}
