using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Runs;

/// <summary>Runs one unit, or takes it from the cache: solve, judge, store the transcript. Writing the record is the run's.</summary>
internal sealed class UnitWorker(Suite suite, RunLog log, RunFacts facts, RunOptions options)
{
    private readonly UnitCache? _cache = options.Cache is { } directory ? new UnitCache(directory) : null;

    public async Task<UnitRecord> RunAsync(UnitKey key, Arm arm, Problem problem, IReasoner reasoner, CancellationToken cancellationToken)
    {
        var solve = new SolveOptions { Budget = suite.Budget, Seed = key.Seed(suite.Seed), Temperature = suite.Temperature };
        var cacheKey = _cache is null ? "" : UnitCache.Key(key, solve, arm, problem, facts);
        return _cache?.Find(cacheKey) is { } kept
            ? Recall(key, solve.Seed, problem, kept.Ms, kept.Transcript)
            : await SolveAsync(key, solve, cacheKey, problem, reasoner, cancellationToken);
    }

    private UnitRecord Recall(UnitKey key, int seed, Problem problem, double ms, byte[] transcript)
    {
        var reasoning = Transcript.Read(transcript).Reasoning;
        return UnitRecord.Of(key, seed, problem, reasoning, suite.Answers) with
        {
            Ms = ms,
            Stop = reasoning.Stop.ToString(),
            Transcript = log.Store(transcript),
            FromCache = true,
            Finished = options.Time.GetUtcNow(),
        };
    }

    private async Task<UnitRecord> SolveAsync(
        UnitKey key, SolveOptions solve, string cacheKey, Problem problem, IReasoner reasoner, CancellationToken cancellationToken)
    {
        using var scope = ExchangeScope.Begin();
        var started = options.Time.GetTimestamp();
        Reasoning reasoning;
        var threw = false;
        try
        {
            reasoning = await reasoner.SolveAsync(new Question(problem.Id, problem.Text), solve, cancellationToken);
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

        var ms = Math.Round(options.Time.GetElapsedTime(started).TotalMilliseconds, 3);
        var transcript = threw ? null : Transcript.Write(problem, reasoning, scope.Exchanges);
        var record = UnitRecord.Of(key, solve.Seed, problem, reasoning, suite.Answers) with
        {
            Ms = ms,
            Stop = threw ? null : reasoning.Stop.ToString(),
            Transcript = transcript is null ? null : log.Store(transcript),
            Retries = scope.Retries,
            Finished = options.Time.GetUtcNow(),
        };
        if (transcript is not null && record.Status != SampleStatus.Error)
            _cache?.Keep(cacheKey, ms, transcript);
        return record;
    }
}
