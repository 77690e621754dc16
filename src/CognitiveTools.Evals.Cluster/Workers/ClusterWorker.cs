using System.Globalization;
using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Cluster.Workers;

/// <summary>Runs units of a run of the cluster in this process, beside the models.</summary>
internal sealed class ClusterWorker(IGrainFactory grains, EvalClusterOptions cluster, int concurrency, string? cache, TimeProvider time)
{
    private static readonly TimeSpan TimeToDeliver = TimeSpan.FromSeconds(8);

    private readonly string _name = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}-{time.GetTimestamp():x}");

    /// <summary>
    /// Works on a run until it gives no more units. After a cancellation no unit begins, those in flight may go on for the cluster's drain
    /// time, and the rest is given back.
    /// </summary>
    /// <param name="run">The run's key.</param>
    /// <param name="offer">The run.</param>
    /// <param name="reasoners">The reasoners on an arm's model.</param>
    /// <param name="declined">Receives the arms that this worker cannot run, with the reason.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Why results were refused; <see langword="null"/> when none was.</returns>
    public async Task<string?> WorkAsync(
        string run,
        RunOffer offer,
        Func<Arm, ReasonerCatalog> reasoners,
        Action<IReadOnlyDictionary<string, string>>? declined,
        CancellationToken cancellationToken)
    {
        var header = Wire.ReadHeader(offer.Header);
        var problems = Wire.ReadProblems(offer.Problems);
        if (ProblemSet.Hash(problems) != header.ProblemsHash)
        {
            throw new InvalidDataException(
                $"The problems of run '{header.Id}' did not arrive as they were sent. Use one version of cogtools everywhere.");
        }

        var arms = await ArmCheck.OfAsync(header, reasoners, cancellationToken);
        if (arms.Declined.Count > 0)
            declined?.Invoke(arms.Declined);
        if (arms.Able.Count == 0)
            return null;
        var options = new RunOptions { Directory = "", Cache = cache, Time = time };
        var byId = problems.ToDictionary(static p => p.Id, StringComparer.Ordinal);
        var worker = new UnitWorker(header.Suite, byId, arms.Able, header.Facts!, options);
        var place = new WorkerPlace(grains, run, offer, _name, [.. arms.Able.Keys], cluster.LeaseTime, time);
        await using var queue = new ClusterUnitQueue(place, worker.InProgress, concurrency);
        using var end = new CancellationTokenSource();
        await using var drain = cancellationToken.Register(() =>
        {
            queue.Drain();
            queue.GiveUpAfter(cluster.DrainTime + TimeToDeliver);
            end.CancelAfter(cluster.DrainTime);
        });
        try
        {
            await worker.WorkAsync(queue, concurrency, end.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Its units are given back.
        }

        return queue.Refusal;
    }
}
