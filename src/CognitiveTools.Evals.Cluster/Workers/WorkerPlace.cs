using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Cluster.Workers;

/// <summary>A worker's place in a run: who it is, what it can run, and whom it asks.</summary>
internal sealed class WorkerPlace
{
    public WorkerPlace(
        IGrainFactory grains, string run, RunOffer offer, string worker, IReadOnlyList<string> arms, TimeSpan lease, TimeProvider time)
    {
        (Session, Worker, Arms, Lease, Time) = (offer.Session, worker, arms, lease, time);
        Run = grains.GetGrain<IRunGrain>(run);
        Shards = [.. Enumerable.Range(0, offer.Shards).Select(i => grains.GetGrain<IShardGrain>($"{run}/{i}"))];
    }

    public string Session { get; }

    public string Worker { get; }

    public IReadOnlyList<string> Arms { get; }

    public TimeSpan Lease { get; }

    public TimeProvider Time { get; }

    public IRunGrain Run { get; }

    public IReadOnlyList<IShardGrain> Shards { get; }

    /// <summary>How this worker stands.</summary>
    /// <param name="inFlight">Units that it has or whose results it has not delivered.</param>
    /// <param name="finished">Units that it has finished.</param>
    /// <param name="units">Units in progress, with their text.</param>
    public WorkerNews News(int inFlight, int finished, IReadOnlyList<UnitActivity> units) =>
        new(Worker, Arms, inFlight, finished, Wire.Write(units));

    /// <summary>Says good-bye, if somebody hears it; otherwise the worker is forgotten after a while.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            await Run.LeaveAsync(Worker).WaitAsync(TimeSpan.FromSeconds(2), Time);
        }
        catch (Exception fault) when (Retry.IsPassing(fault))
        {
            // Nobody hears it.
        }
    }
}
