using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Summaries;

/// <summary>
/// What N of an arm's solves find of problems with several right answers, against N: expectations over all choices of N of a unit's solves,
/// then means over units.
/// </summary>
/// <param name="Arm">The arm.</param>
/// <param name="Valid">Share of right ones among all solves.</param>
/// <param name="Points">From one solve to the fewest that a unit has.</param>
internal sealed record SolutionCurve(string Arm, double Valid, IReadOnlyList<SolutionPoint> Points)
{
    private static readonly int[] Counts = [1, 2, 5, 10, 20, 50, 100, 200];

    /// <summary>The arms of a run that have solves of such problems, in order.</summary>
    public static IReadOnlyList<SolutionCurve> Of(RunResult run) =>
    [
        .. from arm in run.Header.Suite.Arms
           let found = run.Units.Where(unit => unit.Arm == arm.Name).Select(static unit => unit.Found).OfType<FoundAnswers>().ToArray()
           where found.Length > 0
           select Of(arm.Name, found),
    ];

    /// <summary>The curve of some units.</summary>
    internal static SolutionCurve Of(string arm, IReadOnlyList<FoundAnswers> units)
    {
        var most = units.Min(static unit => unit.Branches.Count);
        return new SolutionCurve(
            arm,
            units.Average(static unit => unit.Branches.Average(static branch => branch.IsRight ? 1.0 : 0)),
            [.. Counts.Where(n => n < most).Append(most).Select(n => new SolutionPoint(
                n,
                units.Average(unit => Coverage(unit, n)),
                units.Average(unit => Voted(unit, n)),
                units.All(static unit => unit.Branches.All(static branch => branch.Confidence is not null))
                    ? units.Average(unit => Valued(unit, n)) : null))]);
    }

    // Each right answer that was given c times is among n of the solves as pass@n says.
    private static double Coverage(FoundAnswers unit, int n) => unit.Branches.Where(static branch => branch.IsRight)
        .GroupBy(static branch => branch.Answer, StringComparer.Ordinal)
        .Sum(answer => PassAtK.Any(unit.Branches.Count, answer.Count(), n)) / unit.Solutions;

    private static double Voted(FoundAnswers unit, int n)
    {
        return MajorityAtK.Expected(Votes(isRight: true), Votes(isRight: false), unit.Branches.Count(static b => b.Answer is null), n);

        int[] Votes(bool isRight) =>
        [
            .. unit.Branches.Where(branch => branch.Answer is not null && branch.IsRight == isRight)
                .GroupBy(static branch => branch.Answer, StringComparer.Ordinal).Select(static answer => answer.Count()),
        ];
    }

    // The solve of rank r (from 0) is the best of n with C(m - 1 - r, n - 1) of C(m, n) choices; of equals the first counts as better.
    private static double Valued(FoundAnswers unit, int n)
    {
        var (count, expected) = (unit.Branches.Count, 0.0);
        foreach (var (rank, branch) in unit.Branches.OrderByDescending(static branch => branch.Confidence).Index())
        {
            if (branch.IsRight)
                expected += BinomialCoefficient.Of(count - 1 - rank, n - 1);
        }

        return expected / BinomialCoefficient.Of(count, n);
    }
}

/// <summary>A point of a <see cref="SolutionCurve"/>.</summary>
/// <param name="N">Solves.</param>
/// <param name="Coverage">Mean share of a problem's right answers that they find.</param>
/// <param name="Voted">Share of problems whose most frequent answer is right; of ties the right one's share.</param>
/// <param name="Valued">Share of problems whose solve of highest confidence is right; <see langword="null"/> when solves have none.</param>
internal sealed record SolutionPoint(int N, double Coverage, double Voted, double? Valued);
