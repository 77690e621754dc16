using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Runs;

/// <summary>Runs one unit, or takes it from the cache: solve and judge. Writing the result is the run's.</summary>
/// <param name="suite">The suite.</param>
/// <param name="problems">The run's problems by id.</param>
/// <param name="reasoners">The reasoners by arm.</param>
/// <param name="facts">The run's facts, for the cache.</param>
/// <param name="options">Cache and clock.</param>
internal sealed class UnitWorker(
    Suite suite,
    IReadOnlyDictionary<string, Problem> problems,
    IReadOnlyDictionary<string, IReasoner> reasoners,
    RunFacts facts,
    RunOptions options)
{
    private readonly UnitCache? _cache = options.Cache is { } directory ? new UnitCache(directory) : null;
    private readonly Dictionary<string, Arm> _arms = suite.Arms.ToDictionary(a => a.Name, StringComparer.Ordinal);

    /// <summary>The units that it is working on.</summary>
    public UnitsInProgress InProgress { get; } = new(options.Time);

    /// <summary>Runs the units of a queue until it gives no more. All results that were finished are written when it returns.</summary>
    /// <exception cref="IOException">A result could not be written.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task WorkAsync(IUnitQueue queue, int concurrency, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, queue.Stopping);
        try
        {
            await Parallel.ForEachAsync(
                queue.TakeAsync(stop.Token),
                new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = stop.Token },
                async (key, token) => await queue.CompleteAsync(await RunAsync(key, token)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A write failed and stopped the rest; awaiting the writes throws its exception.
        }
        finally
        {
            await queue.FlushAsync();
        }
    }

    /// <summary>Runs a unit.</summary>
    public async Task<UnitOutcome> RunAsync(UnitKey key, CancellationToken cancellationToken)
    {
        var (arm, problem) = (_arms[key.Arm], problems[key.Problem]);
        var solve = new SolveOptions { Budget = suite.Budget, Seed = key.Seed(suite.Seed), Temperature = suite.Temperature };
        var cacheKey = _cache is null ? "" : UnitCache.Key(key, solve, arm, problem, facts);
        return _cache?.Find(cacheKey) is { } kept
            ? Recall(key, solve.Seed, problem, kept.Ms, kept.Transcript)
            : await SolveAsync(key, solve, cacheKey, problem, reasoners[key.Arm], cancellationToken);
    }

    private UnitOutcome Recall(UnitKey key, int seed, Problem problem, double ms, byte[] transcript)
    {
        var reasoning = Transcript.Read(transcript).Reasoning;
        var record = UnitRecord.Of(key, seed, problem, reasoning, suite.Answers) with
        {
            Ms = ms,
            Stop = reasoning.Stop.ToString(),
            FromCache = true,
            Finished = options.Time.GetUtcNow(),
        };
        return new(record, transcript);
    }

    private async Task<UnitOutcome> SolveAsync(
        UnitKey key, SolveOptions solve, string cacheKey, Problem problem, IReasoner reasoner, CancellationToken cancellationToken)
    {
        using var scope = ExchangeScope.Begin();
        var started = options.Time.GetTimestamp();
        Reasoning reasoning;
        var threw = false;
        var text = InProgress.Begin(key);
        try
        {
            var observed = solve with { Observer = text, TextObserver = text };
            reasoning = await reasoner.SolveAsync(new Question(problem.Id, problem.Text), observed, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // An exception of a reasoner belongs to its unit; the other units of the run continue.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            threw = true;
            reasoning = new Reasoning("", [], Usage.None with { Incomplete = true }, StopReason.Failed)
            {
                Error = FailureWords.Of(exception),
            };
        }
        finally
        {
            InProgress.End(key);
        }

        var ms = Math.Round(options.Time.GetElapsedTime(started).TotalMilliseconds, 3);
        var transcript = threw ? null : Transcript.Write(problem, reasoning, scope.Exchanges);
        var record = UnitRecord.Of(key, solve.Seed, problem, reasoning, suite.Answers) with
        {
            Ms = ms,
            Stop = threw ? null : reasoning.Stop.ToString(),
            Retries = scope.Retries,
            Finished = options.Time.GetUtcNow(),
        };
        if (transcript is not null && record.Status != SampleStatus.Error)
            _cache?.Keep(cacheKey, ms, transcript);
        return new(record, transcript);
    }
}
