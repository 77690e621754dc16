using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Wandering;

/// <summary>Checks the traces of many responses.</summary>
internal static class WanderingCheck
{
    /// <summary>
    /// Checks a stored run, arm by arm. Latent arms have no trace: their coverage is 0, and only their accuracy says anything.
    /// </summary>
    /// <exception cref="InvalidDataException">A problem is not a wandering task, or a unit's text is lost.</exception>
    public static IReadOnlyList<WanderingSummary> Of(RunResult run, ProblemSet problems)
    {
        var tasks = Tasks(problems);
        return Summarise(
            run.Header.Suite.Arms.Select(arm => arm.Name),
            run.Units.Where(unit => tasks.ContainsKey(unit.Problem))
                .Select(unit => (unit.Arm, tasks[unit.Problem], TextOf(run, unit))));
    }

    /// <summary>Checks responses from elsewhere.</summary>
    /// <exception cref="InvalidDataException">A response names a problem that is not there.</exception>
    public static IReadOnlyList<WanderingSummary> Of(string name, IReadOnlyList<Response> responses, ProblemSet problems)
    {
        var tasks = Tasks(problems);
        return Summarise([name], responses.Select(response => tasks.TryGetValue(response.Problem, out var task)
            ? (name, task, response.Text)
            : throw new InvalidDataException(
                $"There is no problem '{response.Problem}' in '{problems.Name}'. Give the problem file that the responses answer.")));
    }

    /// <summary>The text of a unit that may hold a trace; empty without an answer.</summary>
    internal static string TextOf(RunResult run, UnitRecord unit) => run.TranscriptOf(unit)?.Reasoning.Answer ?? "";

    /// <summary>The tasks of problems, by the problem's name.</summary>
    /// <exception cref="InvalidDataException">A problem is not a wandering task.</exception>
    internal static Dictionary<string, WanderingTask> Tasks(ProblemSet problems) =>
        problems.Problems.ToDictionary(problem => problem.Id, WanderingTasks.Of, StringComparer.Ordinal);

    private static WanderingSummary[] Summarise(IEnumerable<string> arms, IEnumerable<(string Arm, WanderingTask Task, string Text)> texts)
    {
        var reports = texts
            .Select(text => (text.Arm, text.Task.Name, Report: TraceChecker.Check(text.Task, text.Text)))
            .ToLookup(text => (text.Arm, text.Name), text => text.Report);
        return
        [
            .. from arm in arms
               from task in WanderingTasks.Names
               where reports[(arm, task)].Any()
               select new WanderingSummary(arm, task, [.. reports[(arm, task)]]),
        ];
    }
}
