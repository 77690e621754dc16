using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Scoring;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>Runs one unit: solve, judge, record.</summary>
internal sealed class UnitWorker(Suite suite, RunLog log, TimeProvider time)
{
    public async Task<UnitRecord> RunAsync(UnitKey key, Problem problem, IReasoner reasoner, CancellationToken cancellationToken)
    {
        var seed = key.Seed(suite.Seed);
        var started = time.GetTimestamp();
        Reasoning reasoning;
        string? thrown = null;
        try
        {
            reasoning = await reasoner.SolveAsync(
                new Question(problem.Id, problem.Text),
                new SolveOptions { Budget = suite.Budget, Seed = seed, Temperature = suite.Temperature },
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a reasoner throws belongs to its unit; the other units of the run go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            thrown = $"{exception.GetType().Name}: {exception.Message}";
            reasoning = new Reasoning("", [], Usage.None, StopReason.Failed) { Error = thrown };
        }

        var elapsed = time.GetElapsedTime(started);
        var record = Record(key, seed, problem, reasoning, Scorer.Score(problem, reasoning, suite.Answers)) with
        {
            Ms = Math.Round(elapsed.TotalMilliseconds, 3),
            Stop = thrown is null ? reasoning.Stop.ToString() : null,
            Transcript = thrown is null ? log.Store(Transcript.Write(problem, reasoning)) : null,
            Finished = time.GetUtcNow(),
        };
        await log.AppendAsync(record);
        return record;
    }

    private static UnitRecord Record(UnitKey key, int seed, Problem problem, Reasoning reasoning, SampleScore score) => new()
    {
        Problem = key.Problem,
        Arm = key.Arm,
        Sample = key.Sample,
        Seed = seed,
        Status = score.Status,
        Answer = score.Extraction.Answer,
        Gold = problem.Answer,
        Cluster = problem.Cluster,
        Rule = score.Extraction.Rule,
        Conflict = score.Extraction.Conflict,
        Unreadable = score.Extraction.Unreadable,
        OpenThoughts = score.Extraction.OpenThoughts,
        CutAfterAnswer = score.CutAfterAnswer,
        GoldSeenUnextracted = score.GoldSeenUnextracted,
        GoldSeenInThoughts = score.GoldSeenInThoughts,
        OutsideAimeRange = score.Extraction.OutsideAimeRange,
        ComparedAsText = score.ComparedAsText,
        CountLooksLikeLimit = score.CountLooksLikeLimit,
        Usage = UnitUsage.From(reasoning.Usage),
        Calls = [.. reasoning.Steps.OfType<Called>().Select(CallRecord.From)],
        Thoughts = reasoning.Steps.OfType<Thought>().Count(),
        LimitsHit = reasoning.LimitsHit,
        Error = score.Error,
    };
}
