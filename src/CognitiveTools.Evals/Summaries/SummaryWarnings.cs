using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Summaries;

/// <summary>What to know before reading the table.</summary>
internal static class SummaryWarnings
{
    /// <summary>Share of samples beyond which truncation or errors make a headline unsafe.</summary>
    public const double Tolerated = 0.02;

    public static IEnumerable<string> Of(RunResult run, IReadOnlyList<ArmSummary> arms)
    {
        if (!run.Complete)
            yield return $"Partial run: {run.Units.Count} of {run.Header.Planned} units are finished.";
        foreach (var arm in arms)
        {
            if (arm.Truncated > Tolerated * arm.Units)
                yield return $"{arm.Name}: {Share(arm.Truncated, arm)} were cut by a limit before an answer and count as wrong. Raise the budget before reading its accuracy.";
            if (arm.Errors > Tolerated * arm.Units)
                yield return $"{arm.Name}: {Share(arm.Errors, arm)} failed and count as wrong; the first error: {FirstError(run, arm.Name)}";
            if (arm.UsageUnknown > 0)
                yield return UsageUnknown(arm, run.Header.Suite.Samples);
            if (arm.Conflicts > 0)
                yield return $"{arm.Name}: in {Share(arm.Conflicts, arm)} an ANSWER line and a box disagree; the later one was taken.";
            if (arm.GoldSeenUnextracted > 0)
                yield return $"{arm.Name}: {Share(arm.GoldSeenUnextracted, arm)} name the reference answer without giving it as their answer; read them before trusting the extraction.";
            if (run.Units.Count(u => u.Arm == arm.Name && u.ComparedAsText) is > 0 and var asText)
                yield return $"{arm.Name}: {Share(asText, arm)} were compared as text, because one side could not be read as mathematics.";
            if (run.Units.Count(u => u.Arm == arm.Name && u.CountLooksLikeLimit) is > 0 and var limit)
                yield return $"{arm.Name}: {Share(limit, arm)} have a token count that looks like a limit nobody reported; they may be cut.";
        }
    }

    private static string UsageUnknown(ArmSummary arm, int samples)
    {
        var what = arm.UsageMissing == arm.UsageUnknown ? "missing" : "incomplete";
        var rest = arm.UsageUnknown == arm.Units ? "" : "; the medians are over the others";
        var vote = samples > 1 ? ", and it is not compared at equal cost" : "";
        return $"{arm.Name}: usage is {what} for {Share(arm.UsageUnknown, arm)}, so their positions are unknown (not 0){rest}{vote}.";
    }

    private static string Share(int count, ArmSummary arm) =>
        FormattableString.Invariant($"{count} of {arm.Units} samples ({100.0 * count / arm.Units:0.#}%)");

    private static string? FirstError(RunResult run, string arm) =>
        run.Units.First(u => u.Arm == arm && u.Status == Scoring.SampleStatus.Error).Error;
}
