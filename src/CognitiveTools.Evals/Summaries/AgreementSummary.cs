using CognitiveTools.Evals.Runs;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Summaries;

/// <summary>How far an arm's mixtures were from greedy decoding.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Units">Units compared.</param>
/// <param name="Identical">Mean share of thoughts whose most probable token is greedy decoding's.</param>
/// <param name="Spread">Mean of 1 minus the weight of the most probable token in what was fed.</param>
internal sealed record AgreementSummary(string Arm, int Units, double Identical, double Spread)
{
    /// <summary>The arms of a run that were compared, in order.</summary>
    internal static IReadOnlyList<AgreementSummary> Of(RunResult run) =>
    [
        .. from arm in run.Header.Suite.Arms
           let units = run.Units.Where(u => u.Arm == arm.Name).Select(u => u.Greedy).OfType<Agreement>().ToArray()
           where units.Length > 0
           select new AgreementSummary(
               arm.Name, units.Length, units.Average(a => (double)a.Identical / a.Thoughts), units.Average(a => a.Spread)),
    ];
}
