using System.Security.Cryptography;
using System.Text;
using CognitiveTools.Evals.Answers;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Grading;

/// <summary>Scores what other systems answered: the same reading, statistics and report as for runs of our own.</summary>
public static class Grader
{
    /// <summary>Judges responses and stores them as a run.</summary>
    /// <param name="problems">The problems answered.</param>
    /// <param name="responses">The responses; each of a problem of the set.</param>
    /// <param name="answers">How answers are read.</param>
    /// <param name="options">Where the run goes; a directory that holds a run already is refused.</param>
    /// <param name="name">The run's name in tables.</param>
    /// <returns>The run. Samples that one system lacks are missing units, which its summary says.</returns>
    /// <exception cref="ArgumentException">A response is of no known problem, or a reference answer is not of the kind.</exception>
    /// <exception cref="InvalidOperationException">The directory holds a run.</exception>
    public static async Task<RunResult> GradeAsync(
        ProblemSet problems, IReadOnlyList<Response> responses, IAnswerKind answers, RunOptions options, string name)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(responses);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(options);
        var byId = problems.Problems.ToDictionary(p => p.Id, StringComparer.Ordinal);
        if (responses.FirstOrDefault(r => !byId.ContainsKey(r.Problem)) is { } stray)
            throw new ArgumentException($"A response of '{stray.Arm}' is to problem '{stray.Problem}', which '{problems.Name}' does not hold. Its ids are like '{problems.Problems[0].Id}'.", nameof(responses));
        EvalRun.RefuseAnswersOfOtherKind(problems.Problems, answers);
        if (RunFiles.ReadHeader(options.Directory) is not null)
            throw new InvalidOperationException($"'{options.Directory}' holds a run already. Choose another directory with --run.");

        using var log = RunLog.Open(options.Directory, Header(problems, responses, answers, options, name), options.Time);
        RunFiles.WriteProblems(options.Directory, problems.Problems.Where(p => log.Header.ProblemIds.Contains(p.Id, StringComparer.Ordinal)));
        var units = new Dictionary<UnitKey, UnitRecord>();
        foreach (var response in responses)
        {
            var (problem, reasoning) = (byId[response.Problem], response.AsReasoning());
            var key = new UnitKey(response.Problem, response.Arm, response.Sample);
            var record = UnitRecord.Of(key, 0, problem, reasoning, answers) with
            {
                Stop = reasoning.Stop.ToString(),
                Transcript = log.Store(Transcript.Write(problem, reasoning)),
                Finished = options.Time.GetUtcNow(),
            };
            await log.AppendAsync(record);
            units[key] = record;
        }

        return RunResult.From(options.Directory, log.Header, units);
    }

    private static RunHeader Header(ProblemSet problems, IReadOnlyList<Response> responses, IAnswerKind answers, RunOptions options, string name)
    {
        string[] arms = [.. responses.Select(r => r.Arm).Distinct(StringComparer.Ordinal)];
        var asked = responses.Select(r => r.Problem).ToHashSet(StringComparer.Ordinal);
        Problem[] answered = [.. problems.Problems.Where(p => asked.Contains(p.Id))];
        var hash = ProblemSet.Hash(answered);
        var text = string.Join('\n', responses.Select(r => $"{r.Arm}\0{r.Problem}\0{r.Sample}\0{r.Text}").Prepend($"{hash}\0{answers.Name} {answers.Version}"));
        return new RunHeader
        {
            Id = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Directory))),
            Suite = new SuiteSnapshot(
                name, problems.Name, 0, null, null, responses.Max(r => r.Sample) + 1, 0, 0, answers.Name, answers.Version,
                BudgetSnapshot.Unknown, arms[0], [.. arms.Select(arm => new ArmSnapshot(arm, ExternalReasoner, null))]),
            SuiteHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            ProblemsHash = hash,
            ProblemIds = [.. answered.Select(p => p.Id)],
            Facts = RunFacts.Without(answers, options.Facts),
            Host = options.Host,
            Toolkit = EvalRun.ToolkitVersion,
            Origin = "responses of other systems, graded",
            Sessions = [],
        };
    }

    private const string ExternalReasoner = "external";
}
