using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Wandering;

/// <summary>Checks the traces of many responses.</summary>
internal static class WanderingCheck
{
    /// <summary>Checks a stored run, arm by arm. Latent arms have no trace: all that can be said of them is coverage 0 and their accuracy.</summary>
    /// <exception cref="InvalidDataException">A problem is no wandering task, or a unit's text is lost.</exception>
    public static IReadOnlyList<WanderingSummary> Of(RunResult run, ProblemSet problems)
    {
        ArgumentNullException.ThrowIfNull(run);
        var tasks = Tasks(problems);
        return Summarise(
            run.Header.Suite.Arms.Select(arm => arm.Name),
            run.Units.Where(unit => tasks.ContainsKey(unit.Problem)).Select(unit => (unit.Arm, tasks[unit.Problem], run.TranscriptOf(unit)?.Reasoning.Answer ?? "")));
    }

    /// <summary>Checks responses from elsewhere.</summary>
    /// <param name="name">Name in the arm's place.</param>
    /// <param name="responses">The responses.</param>
    /// <param name="problems">The problems.</param>
    /// <exception cref="InvalidDataException">A response names a problem that is not there.</exception>
    public static IReadOnlyList<WanderingSummary> Of(string name, IReadOnlyList<Response> responses, ProblemSet problems)
    {
        ArgumentNullException.ThrowIfNull(responses);
        var tasks = Tasks(problems);
        return Summarise([name], responses.Select(response => tasks.TryGetValue(response.Problem, out var task)
            ? (name, task, response.Text)
            : throw new InvalidDataException($"There is no problem '{response.Problem}' in '{problems.Name}'. Give the problem file that the responses answer.")));
    }

    private static Dictionary<string, WanderingTask> Tasks(ProblemSet problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return problems.Problems.ToDictionary(problem => problem.Id, WanderingTasks.Of, StringComparer.Ordinal);
    }

    private static WanderingSummary[] Summarise(IEnumerable<string> arms, IEnumerable<(string Arm, WanderingTask Task, string Text)> texts)
    {
        var checkedTexts = texts.Select(text => (text.Arm, text.Task.Name, Report: TraceChecker.Check(text.Task, text.Text))).ToLookup(text => (text.Arm, text.Name), text => text.Report);
        return
        [
            .. from arm in arms
               from task in WanderingTasks.Names
               where checkedTexts[(arm, task)].Any()
               select new WanderingSummary(arm, task, [.. checkedTexts[(arm, task)]]),
        ];
    }
}
