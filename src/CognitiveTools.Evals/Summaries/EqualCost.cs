using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Summaries;

/// <summary>
/// An arm against the majority vote over as many samples of the baseline as the arm's positions pay for: what the same
/// compute would have bought without the arm's idea.
/// </summary>
/// <param name="Arm">The arm.</param>
/// <param name="Positions">Its mean positions per sample.</param>
/// <param name="K">Samples of the baseline that vote.</param>
/// <param name="BaselinePositions">Mean positions of those k samples together.</param>
/// <param name="Affordable">Samples that the positions would pay for; more than <paramref name="K"/> when the run has too few.</param>
/// <param name="Difference">The arm's accuracy minus the vote's expected accuracy.</param>
internal sealed record EqualCost(string Arm, double Positions, int K, double BaselinePositions, int Affordable, PairedDifference Difference)
{
    /// <summary>
    /// Compares every arm that costs at least as much as the baseline. Empty when the run has one sample per problem; an arm whose
    /// cost, or the baseline's, is not fully known is left out.
    /// </summary>
    internal static IReadOnlyList<EqualCost> Of(RunResult run)
    {
        var suite = run.Header.Suite;
        var baseline = suite.BaselineArm.Name;
        var units = run.Units.ToLookup(u => u.Arm, StringComparer.Ordinal);
        if (suite.Samples < 2 || !units[baseline].Any() || units[baseline].Any(u => u.Usage.Incomplete))
            return [];
        var votes = units[baseline].GroupBy(u => u.Problem, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => AnswerCounts.Of(g, suite.Answers.AreSame), StringComparer.Ordinal);
        var price = units[baseline].Average(u => (double)u.Usage.Positions);
        return
        [
            .. suite.Arms.Where(a => a.Name != baseline && a.ControlOf is null)
                .Select(a => Compare(a.Name, units[a.Name], votes, price, suite.Seed))
                .OfType<EqualCost>(),
        ];
    }

    private static EqualCost? Compare(
        string arm, IEnumerable<UnitRecord> units, Dictionary<string, AnswerCounts> votes, double price, int seed)
    {
        var problems = units.GroupBy(u => u.Problem, StringComparer.Ordinal).Where(g => votes.ContainsKey(g.Key)).ToArray();
        if (problems.Length == 0 || price <= 0 || units.Any(u => u.Usage.Incomplete))
            return null;
        var positions = problems.SelectMany(g => g).Average(u => (double)u.Usage.Positions);
        var affordable = (int)Math.Min(positions / price, int.MaxValue);
        var k = Math.Min(affordable, problems.Min(g => votes[g.Key].Samples));
        if (k < 1)
            return null;
        var difference = PairedDifference.OfValues([.. problems.Select(g => (votes[g.Key].Majority(k), Share(g)))], seed);
        return new EqualCost(arm, positions, k, k * price, affordable, difference);
    }

    private static double Share(IGrouping<string, UnitRecord> problem) =>
        (double)problem.Count(u => u.Status == SampleStatus.Correct) / problem.Count();
}
