using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Identity;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Runs;

/// <summary>Runs a suite.</summary>
public static class EvalRun
{
    /// <summary>
    /// Runs every unit that the run's directory does not hold yet and returns all of them. A failing unit becomes a record
    /// with status <c>error</c>; the run continues.
    /// </summary>
    /// <param name="suite">What to compare.</param>
    /// <param name="problems">The problems, already selected (see <see cref="Suite.Select"/>).</param>
    /// <param name="reasoners">The reasoners that arms may name, or a function from an arm to those on its model.</param>
    /// <param name="options">Directory, concurrency, limits, and facts that the toolkit cannot see.</param>
    /// <param name="progress">Receives events as they happen, possibly several at once; <see langword="null"/> for no reports.</param>
    /// <param name="cancellationToken">Stops the run; the log stays valid and the same call resumes it.</param>
    /// <exception cref="ArgumentException">The suite, an arm or a reference answer cannot be used; nothing was run.</exception>
    /// <exception cref="InvalidOperationException">The directory holds another run; the message says what differs.</exception>
    /// <exception cref="IOException">Another process writes the run, or the disk failed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<RunResult> ExecuteAsync(
        Suite suite,
        IReadOnlyList<Problem> problems,
        ReasonerCatalog reasoners,
        RunOptions options,
        IProgress<RunEvent>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reasoners);
        return ExecuteAsync(suite, problems, _ => reasoners, options, progress, cancellationToken);
    }

    /// <inheritdoc cref="ExecuteAsync(Suite,IReadOnlyList{Problem},ReasonerCatalog,RunOptions,IProgress{RunEvent}?,CancellationToken)"/>
    public static async Task<RunResult> ExecuteAsync(
        Suite suite,
        IReadOnlyList<Problem> problems,
        Func<Arm, ReasonerCatalog> reasoners,
        RunOptions options,
        IProgress<RunEvent>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var (header, worker) = await PrepareAsync(suite, problems, reasoners, options, cancellationToken);
        using var session = RunSession.Open(header, problems, options);
        progress?.Report(new RunStarted(session.Header, session.Planned, session.FinishedBefore));
        using (new ActivityFile(options.Directory, options.Time, () => Activity(worker.InProgress, options.Time)))
        using (var queue = new LocalUnitQueue(session, options.Concurrency == 1, progress))
            await worker.WorkAsync(queue, options.Concurrency, cancellationToken);
        var result = session.Result();
        progress?.Report(new RunFinished(result.Stopped));
        return result;
    }

    /// <summary>Checks what is to be run, and makes the header of its run and what runs its units. Nothing is written.</summary>
    /// <exception cref="ArgumentException">The suite, an arm or a reference answer cannot be used.</exception>
    internal static async Task<(RunHeader Header, UnitWorker Worker)> PrepareAsync(
        Suite suite,
        IReadOnlyList<Problem> problems,
        Func<Arm, ReasonerCatalog> reasoners,
        RunOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(reasoners);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Concurrency, 1);
        suite.Validate();
        _ = suite.PlannedUnits(problems.Count);
        Validate(suite, problems);
        var made = suite.Arms.ToDictionary(a => a.Name, a => Create(a, reasoners(a)), StringComparer.Ordinal);
        var byId = problems.ToDictionary(p => p.Id, StringComparer.Ordinal);
        var facts = await RunFacts.CollectAsync(suite, reasoners, options.Facts, cancellationToken);
        EqualSamples.Refuse(suite, facts);
        return (Header(suite, problems, facts, options), new UnitWorker(suite, byId, made, facts, options));
    }

    private static RunActivity Activity(UnitsInProgress units, TimeProvider time) => new(
        time.GetUtcNow(),
        [new WorkerActivity(RunWriter.NameOfThis, units.Count, units.Finished)],
        units.Oldest(RunActivity.MostUnits));

    internal static string ToolkitVersion { get; } = AssemblyVersion.Of(typeof(EvalRun).Assembly);

    /// <exception cref="ArgumentException">A reference answer is not of the kind.</exception>
    internal static void RefuseAnswersOfOtherKind(IReadOnlyList<Problem> problems, IAnswerKind answers)
    {
        if (problems.FirstOrDefault(p => answers.NormalizeGold(p.Answer) is null) is { } other)
        {
            throw new ArgumentException(
                $"Problem '{TerminalText.Excerpt(other.Id)}': its answer '{TerminalText.Excerpt(other.Answer)}' is not of kind "
                + $"'{answers.Name}'. {Remedy(other.Answer)}",
                nameof(problems));
        }
    }

    private static string Remedy(string answer)
    {
        var others = AnswerKinds.Names.Where(name => AnswerKinds.Find(name).NormalizeGold(answer) is not null).ToArray();
        return others.Length > 0
            ? $"Choose another kind with --answers (in a suite: answers), for instance {others[0]}, or leave the problem out."
            : $"No kind of --answers ({string.Join(", ", AnswerKinds.Names)}) reads it; leave the problem out.";
    }

    private static void Validate(Suite suite, IReadOnlyList<Problem> problems)
    {
        if (problems.Count == 0)
            throw new ArgumentException("There is no problem to run.", nameof(problems));
        _ = new ProblemSet(suite.Name, problems); // refuses ids that appear twice
        RefuseAnswersOfOtherKind(problems, suite.Answers);
    }

    internal static IReasoner Create(Arm arm, ReasonerCatalog reasoners)
    {
        try
        {
            return reasoners.Create(arm.Reasoner);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"Arm '{arm.Name}': {exception.Message}", exception);
        }
    }

    private static RunHeader Header(Suite suite, IReadOnlyList<Problem> problems, RunFacts facts, RunOptions options) => new()
    {
        Id = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Directory))),
        Suite = suite with { Baseline = suite.BaselineArm.Name },
        SuiteHash = suite.Hash(problems),
        ProblemsHash = ProblemSet.Hash(problems),
        ProblemIds = [.. problems.Select(p => p.Id)],
        Facts = facts,
        Host = HostFacts.With(options.Host),
        Data = options.Data,
        Toolkit = ToolkitVersion,
        Sessions = [],
    };
}
