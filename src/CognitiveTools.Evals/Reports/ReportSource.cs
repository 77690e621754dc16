using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Reports;

/// <summary>
/// The input of every part of a report. A run stored without its problems has their ids and reference answers, and empty texts.
/// </summary>
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
