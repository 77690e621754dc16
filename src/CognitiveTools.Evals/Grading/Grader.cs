using System.Security.Cryptography;
using System.Text;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Grading;

/// <summary>Scores what other systems answered: the same reading, statistics and report as for runs of our own.</summary>
internal static class Grader
{
    private const string ExternalReasoner = "external";
    private const string Graded = "responses of other systems, graded";

    // The budget of a system that did not say its own.
    private static readonly Budget Unknown = new() { Positions = 0, TokensPerTurn = 0, ThoughtTokens = 0, ToolCalls = 0, CallsPerTool = 0 };

    // Records that share one flush to disk: no model waits here, and what a killed process loses is graded again.
    private const int Batch = 512;

    /// <summary>
    /// Judges responses and stores them as a run. A problem or a sample that a system did not answer counts as one without an
    /// answer, since a system that leaves out what it cannot do would score higher otherwise.
    /// </summary>
    /// <param name="problems">The problems asked.</param>
    /// <param name="responses">The responses; each of a problem of the set.</param>
    /// <param name="answers">How answers are read.</param>
    /// <param name="options">Where the run goes; a directory that holds the same grading, finished or not, is resumed.</param>
    /// <param name="name">The run's name in tables.</param>
    /// <param name="partial">
    /// Whether to leave out problems that no system answered and units that a system did not answer; the run's header says so.
    /// </param>
    /// <param name="cancellationToken">Cancels; the run stays valid and the same call resumes it.</param>
    /// <returns>The run. A system with fewer samples than another one lacks those units.</returns>
    /// <exception cref="ArgumentException">A response is of no known problem, or a reference answer is not of the kind.</exception>
    /// <exception cref="InvalidOperationException">The directory holds another run.</exception>
    /// <exception cref="IOException">Another process writes the run, or the disk failed.</exception>
    public static async Task<RunResult> GradeAsync(
        ProblemSet problems,
        IReadOnlyList<Response> responses,
        IAnswerKind answers,
        RunOptions options,
        string name,
        bool partial = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(responses);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(options);
        var byId = problems.Problems.ToDictionary(p => p.Id, StringComparer.Ordinal);
        if (responses.FirstOrDefault(r => !byId.ContainsKey(r.Problem)) is { } stray)
        {
            throw new ArgumentException(
                $"A response of '{TerminalText.Excerpt(stray.Arm)}' is to problem '{TerminalText.Excerpt(stray.Problem)}', "
                + $"which '{problems.Name}' does not hold. Its ids are like '{TerminalText.Excerpt(problems.Problems[0].Id)}'.",
                nameof(responses));
        }

        EvalRun.RefuseAnswersOfOtherKind(problems.Problems, answers);
        using var log = RunLog.Open(options.Directory, Header(problems, responses, answers, options, name, partial), options.Time);
        RunFiles.WriteProblems(options.Directory, log.Header.ProblemIds.Select(id => byId[id]));
        var units = new Dictionary<UnitKey, UnitRecord>(log.Finished);
        foreach (var batch in Units(log.Header, responses, partial).Where(unit => !log.Finished.ContainsKey(unit.Key)).Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            UnitRecord[] records =
                [.. batch.Select(unit => Judge(unit.Key, byId[unit.Key.Problem], unit.Response, answers, log, options.Time))];
            await log.AppendAsync(records);
            foreach (var record in records)
                units[record.Key] = record;
        }

        return RunResult.From(options.Directory, log.Header, units);
    }

    // Samples are counted system by system: a system that was asked once is complete even if another was asked four times.
    private static IEnumerable<(UnitKey Key, Response? Response)> Units(RunHeader header, IReadOnlyList<Response> responses, bool partial)
    {
        var given = responses.ToDictionary(r => new UnitKey(r.Problem, r.Arm, r.Sample));
        var samples = responses.GroupBy(r => r.Arm, StringComparer.Ordinal)
            .ToDictionary(arm => arm.Key, arm => arm.Max(r => r.Sample) + 1, StringComparer.Ordinal);
        return RunPlan.Keys(header)
            .Where(key => key.Sample < samples[key.Arm])
            .Select(key => (key, given.GetValueOrDefault(key)))
            .Where(unit => !partial || unit.Item2 is not null);
    }

    private static UnitRecord Judge(UnitKey key, Problem problem, Response? response, IAnswerKind answers, RunLog log, TimeProvider time)
    {
        if (response is null)
        {
            return UnitRecord.Of(key, 0, problem, new Reasoning("", [], Usage.None, StopReason.Completed), answers) with
            {
                Missing = true,
                Finished = time.GetUtcNow(),
            };
        }

        var reasoning = response.AsReasoning();
        return UnitRecord.Of(key, 0, problem, reasoning, answers) with
        {
            Stop = reasoning.Stop.ToString(),
            Transcript = log.Store(Transcript.Write(problem, reasoning)),
            Finished = time.GetUtcNow(),
        };
    }

    private static RunHeader Header(
        ProblemSet problems, IReadOnlyList<Response> responses, IAnswerKind answers, RunOptions options, string name, bool partial)
    {
        string[] arms = [.. responses.Select(r => r.Arm).Distinct(StringComparer.Ordinal)];
        var asked = responses.Select(r => r.Problem).ToHashSet(StringComparer.Ordinal);
        Problem[] graded = [.. problems.Problems.Where(p => !partial || asked.Contains(p.Id))];
        var hash = ProblemSet.Hash(graded);
        var left = problems.Problems.Count - graded.Length;
        var text = string.Join(
            '\n',
            responses.Select(r => $"{r.Arm}\0{r.Problem}\0{r.Sample}\0{r.Text}")
                .Prepend($"{hash}\0{answers.Name} {answers.Version}{(partial ? "\0partial" : "")}"));
        return new RunHeader
        {
            Id = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Directory))),
            Suite = new Suite(name, [.. arms.Select(arm => new Arm(arm, ReasonerSpec.Parse(ExternalReasoner)))])
            {
                Problems = problems.Name,
                Samples = responses.Max(r => r.Sample) + 1,
                Answers = answers,
                Budget = Unknown,
                Baseline = arms[0],
            },
            SuiteHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            ProblemsHash = hash,
            ProblemIds = [.. graded.Select(p => p.Id)],
            Facts = RunFacts.Without(answers, options.Facts),
            Host = options.Host,
            Toolkit = EvalRun.ToolkitVersion,
            Origin = left > 0
                ? $"{Graded}; only the {graded.Length} of {problems.Problems.Count} problems that were answered"
                : Graded,
            Unanswered = left > 0 ? left : null,
            Sessions = [],
        };
    }
}
