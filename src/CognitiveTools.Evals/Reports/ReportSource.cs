using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Reports;

/// <summary>What every part of a report draws on.</summary>
/// <param name="Run">The run.</param>
/// <param name="Summary">Its tables.</param>
/// <param name="Problems">
/// The problems in the run's order. A run stored without its problems has their ids and reference answers; the texts are empty.
/// </param>
/// <param name="ArmIndex">Place of each arm in the table: an arm, then its controls.</param>
/// <param name="ProblemIndex">Place of each problem.</param>
internal sealed record ReportSource(
    RunResult Run,
    Summary Summary,
    IReadOnlyList<Problem> Problems,
    IReadOnlyDictionary<string, int> ArmIndex,
    IReadOnlyDictionary<string, int> ProblemIndex)
{
    public static ReportSource Read(RunResult run, Summary summary)
    {
        var stored = RunFiles.ReadProblems(run.Directory);
        var seen = run.Units.DistinctBy(u => u.Problem).ToDictionary(u => u.Problem, StringComparer.Ordinal);
        Problem[] problems = [.. run.Header.ProblemIds.Select(id => stored.GetValueOrDefault(id)
            ?? new Problem(id, "", seen.GetValueOrDefault(id)?.Gold ?? "") { Cluster = seen.GetValueOrDefault(id)?.Cluster })];
        return new ReportSource(
            run,
            summary,
            problems,
            summary.Arms.Select((arm, i) => (arm.Name, i)).ToDictionary(a => a.Name, a => a.i, StringComparer.Ordinal),
            problems.Select((p, i) => (p.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal));
    }
}
