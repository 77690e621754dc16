using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Cluster.Hosting;

namespace CognitiveTools.Evals.Cluster.Workers;

/// <summary>Works on whatever runs a cluster has, one after another, until it is stopped.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="cluster">Its options.</param>
/// <param name="cache">Folder of finished units that runs share; <see langword="null"/> for none.</param>
/// <param name="time">The clock.</param>
/// <param name="say">Receives what a person should know.</param>
internal sealed class WorkerService(
    IGrainFactory grains, EvalClusterOptions cluster, string? cache, TimeProvider time, Action<string> say)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Sessions of which this worker can run no arm. Another session may have other arms or models.
    private readonly HashSet<string> _declined = new(StringComparer.Ordinal);

    /// <summary>Serves until it is cancelled; units in flight may then go on for the cluster's drain time.</summary>
    /// <param name="hostOf">Makes what a run needs.</param>
    /// <param name="cancellationToken">Ends the service.</param>
    public async Task ServeAsync(Func<WorkerRun, CancellationToken, WorkerHost> hostOf, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                foreach (var run in await RunsAsync(cancellationToken))
                    await WorkAsync(run, hostOf, cancellationToken);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private Task<IReadOnlyList<string>> RunsAsync(CancellationToken cancellationToken) => Retry.UntilAsync(
        () => grains.GetGrain<IRunListGrain>(0).ListAsync(), static _ => true, time, cancellationToken);

    private async Task WorkAsync(string run, Func<WorkerRun, CancellationToken, WorkerHost> hostOf, CancellationToken cancellationToken)
    {
        RunOffer? offer;
        try
        {
            offer = await grains.GetGrain<IRunGrain>(run).DescribeAsync().WaitAsync(cancellationToken);
        }
        catch (Exception fault) when (Retry.IsPassing(fault) && !cancellationToken.IsCancellationRequested)
        {
            return; // the run's owner died; the run comes back when it is opened again
        }

        if (offer is null || _declined.Contains(offer.Session))
            return;
        var header = Wire.ReadHeader(offer.Header);
        var host = hostOf(new WorkerRun(header.Suite, Wire.ReadProblems(offer.Problems), offer.Model), cancellationToken);
        try
        {
            say($"Run {header.Id}: working.");
            var worker = new ClusterWorker(grains, cluster, host.Concurrency, cache, time);
            var refusal = await worker.WorkAsync(run, offer, host.Reasoners, Declined, cancellationToken);
            say($"Run {header.Id}: no more units{(refusal is null ? "" : $"; results were refused, {refusal}")}.");
        }
        finally
        {
            await host.DisposeAsync();
        }

        void Declined(IReadOnlyDictionary<string, string> arms)
        {
            foreach (var (arm, reason) in arms)
                say($"Run {header.Id}: arm {arm} is left to others: {reason}");
            if (arms.Count == header.Suite.Arms.Count)
                _declined.Add(offer.Session);
        }
    }
}
