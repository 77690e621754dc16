using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Solving;

/// <summary>
/// How one of several latent trajectories is chosen. Wide recursive reasoning
/// (arXiv 2605.19376) votes, or uses the score of a trained value head.
/// </summary>
public sealed class BranchChoice
{
    private readonly Func<Question, IReadOnlyList<Branch>, int> _choose;

    private BranchChoice(bool measuresConfidence, Func<Question, IReadOnlyList<Branch>, int> choose) =>
        (MeasuresConfidence, _choose) = (measuresConfidence, choose);

    /// <summary>
    /// The trajectory with the most confident answer: the mean over the tokens of the verbal answer of the margin
    /// <c>p(first) - p(second)</c>, as CoT-decoding ranks its paths (arXiv 2402.10200). The model's continuations must report
    /// margins.
    /// </summary>
    public static BranchChoice Confidence { get; } = new(measuresConfidence: true,
        static (_, branches) => Best(branches, static b => b.Confidence ?? 0));

    /// <summary>The first trajectory with the most frequent text, for models whose whole text is the answer.</summary>
    internal static BranchChoice SameText { get; } = new(measuresConfidence: false,
        static (_, branches) => AnswerVote.Count([.. branches.Select(static b => b.Text)], string.Equals).Winner);

    internal bool MeasuresConfidence { get; }

    /// <summary>The first trajectory with the most frequent answer.</summary>
    public static BranchChoice Vote(IAnswerReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new(measuresConfidence: false,
            (_, branches) => AnswerVote.Count([.. branches.Select(b => reader.Read(b.Text))], reader.AreSame).Winner);
    }

    /// <summary>The trajectory with the highest score; of equals the first.</summary>
    public static BranchChoice By(Func<Question, Branch, double> score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new(measuresConfidence: false, (question, branches) => Best(branches, b => score(question, b)));
    }

    internal int Choose(Question question, IReadOnlyList<Branch> branches) => _choose(question, branches);

    private static int Best(IReadOnlyList<Branch> branches, Func<Branch, double> score) => branches.MaxBy(score)!.Index;
}
