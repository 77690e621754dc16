using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Summaries;

/// <summary>What to know before reading the table: one line for each kind of trouble, for all arms together, with its units.</summary>
internal static class SummaryWarnings
{
    /// <summary>Share of samples beyond which truncation or errors make a headline unsafe.</summary>
    private const double Tolerated = 0.02;

    private const string Excluded = "The medians leave them out, and their arms are not compared at equal cost.";
    private const string Partial = "the others count as no answer (--partial leaves them out)";
    private const int MostArms = 6;
    private const int MostUnits = 20;

    /// <summary>Share of an arm's samples without an answer from which its accuracy says little about the method.</summary>
    private const double Silent = 0.5;

    private const string CutByLimit = "were cut by a limit before an answer and count as wrong";

    private static readonly Trouble Unanswered = new(
        u => u is { Status: SampleStatus.NoAnswer, Missing: false },
        "ended without an answer that can be read, refusals included, and count as wrong",
        "Read some of them in the report before trusting the accuracy; --answers says how answers are read.");

    private static readonly Trouble[] Flags =
    [
        new(u => u.Usage.IsMissing, "have no usage: usage is missing, positions are unknown (not 0)", Excluded),
        new(
            u => u.Usage is { Incomplete: true, IsMissing: false },
            "have a part of their usage: usage is incomplete, positions are unknown (not 0)",
            Excluded),
        new(u => u.Conflict, "have an ANSWER line and a box that disagree", "The later one was taken."),
        new(
            u => u.GoldConcluded,
            "state the reference answer where they conclude, but another answer or no answer was read",
            "Read them before trusting the extraction."),
        new(u => u.ComparedAsText, "were compared as text, because one side could not be read as mathematics", ""),
        new(u => u.CountLooksLikeLimit, "have a token count that looks like an unreported limit", "They may be cut."),
    ];

    public static IEnumerable<SummaryWarning> Of(RunResult run, IReadOnlyList<ArmSummary> arms)
    {
        if (!run.Complete)
            yield return new($"Partial run: {run.Units.Count} of {run.Header.Planned} units are finished.", []);
        if (run.Header.Unanswered is > 0 and var left)
        {
            var all = left + run.Header.ProblemIds.Count;
            yield return new($"Partial grading: {left} of {all} problems were not answered and are left out.", []);
        }

        foreach (var arm in arms.Where(a => a.Missing > 0))
            yield return new(Missing(run, arm), Units(run, [arm.Name], u => u.Missing));
        if (Above(arms, a => a.Truncated) is { Length: > 0 } truncated)
            yield return Of(run, truncated, Cut(run, truncated));
        if (arms.Where(a => a.NoAnswer > a.Missing && a.NoAnswer - a.Missing >= Silent * a.Units) is var silent && silent.Any())
            yield return Of(run, [.. silent.Select(a => a.Name)], Unanswered);
        if (Above(arms, a => a.Errors) is { Length: > 0 } failed)
            yield return Of(run, failed, Failed(run, failed));
        foreach (var flag in Flags)
        {
            string[] flagged = [.. arms.Where(a => run.Units.Any(u => u.Arm == a.Name && flag.IsSo(u))).Select(a => a.Name)];
            if (flagged.Length > 0)
                yield return Of(run, flagged, flag);
        }
    }

    // The context of a server's model is not ours to set.
    private static Trouble Cut(RunResult run, string[] arms)
    {
        var isRemote = run.Header.Facts is { } facts && arms.All(arm => facts.Of(arm) is { Models: [_, ..] models }
            && models.All(static model => model.Endpoint is not null));
        return new(
            u => u.Status == SampleStatus.Truncated, CutByLimit,
            $"Raise that limit{(isRemote ? " or a budget" : ", a budget or --context")}, before reading the accuracy.");
    }

    private static Trouble Failed(RunResult run, string[] arms)
    {
        var first = run.Units.First(u => arms.Contains(u.Arm, StringComparer.Ordinal) && u.Status == SampleStatus.Error);
        return new(u => u.Status == SampleStatus.Error, "failed and count as wrong", $"The first error: {first.Error}");
    }

    private static string[] Above(IEnumerable<ArmSummary> arms, Func<ArmSummary, int> count) =>
        [.. arms.Where(a => count(a) > Tolerated * a.Units).Select(a => a.Name)];

    private static SummaryWarning Of(RunResult run, string[] arms, Trouble trouble)
    {
        var counts = arms.Select(arm => (Arm: arm, Count: run.Units.Count(u => u.Arm == arm && trouble.IsSo(u)))).ToArray();
        var all = run.Units.Count(u => arms.Contains(u.Arm, StringComparer.Ordinal));
        var named = counts.Length == 1
            ? counts[0].Arm
            : string.Join(", ", counts.Take(MostArms).Select(c => FormattableString.Invariant($"{c.Arm} {c.Count}")));
        var more = counts.Length > MostArms ? $" and {counts.Length - MostArms} more arms" : "";
        var text = $"{Share(counts.Sum(c => c.Count), all)} {trouble.What} ({named}{more}). {trouble.Remedy}";
        return new SummaryWarning(text.TrimEnd(), Units(run, arms, trouble.IsSo));
    }

    private static string Missing(RunResult run, ArmSummary arm)
    {
        var problems = run.Units.Where(u => u.Arm == arm.Name).GroupBy(u => u.Problem, StringComparer.Ordinal).ToArray();
        var answered = problems.Count(p => p.Any(u => !u.Missing));
        return arm.Missing == problems.Where(p => p.All(u => u.Missing)).Sum(p => p.Count())
            ? FormattableString.Invariant($"{arm.Name}: {answered} of {problems.Length} problems answered; {Partial}.")
            : FormattableString.Invariant($"{arm.Name}: {arm.Units - arm.Missing} of {arm.Units} samples answered; {Partial}.");
    }

    private static IReadOnlyList<string> Units(RunResult run, IEnumerable<string> arms, Func<UnitRecord, bool> isSo) =>
        [.. arms.Select(arm =>
        {
            var units = run.Units.Where(u => u.Arm == arm && isSo(u)).ToArray();
            var names = units.Take(MostUnits).Select(u => run.Header.Suite.Samples > 1 ? $"{u.Problem} (sample {u.Sample})" : u.Problem);
            return $"{arm}: {string.Join(", ", names)}{(units.Length > MostUnits ? $" and {units.Length - MostUnits} more" : "")}";
        })];

    private static string Share(int count, int all) =>
        FormattableString.Invariant($"{count} of {all} samples ({100.0 * count / all:0.#}%)");

    private sealed record Trouble(Func<UnitRecord, bool> IsSo, string What, string Remedy);
}
