using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Cluster.Runs;
using CognitiveTools.Evals.Cluster.Workers;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>A scripted run open on a cluster of this process, for callers that ask its grains themselves. Owns the cluster.</summary>
internal sealed class OpenedRun : IAsyncDisposable
{
    private readonly ClusterNode _node;
    private readonly string _key;
    private readonly RunOffer _offer;
    private readonly TimeSpan _lease;
    private readonly TimeProvider _time;

    private OpenedRun(ClusterNode node, string key, RunOffer offer, UnitWorker units, TimeSpan lease, TimeProvider time)
    {
        (_node, _key, _offer, Units, _lease, _time) = (node, key, offer, units, lease, time);
        Grain = node.Grains.GetGrain<IRunGrain>(key);
    }

    /// <summary>Runs units, in no time.</summary>
    public UnitWorker Units { get; }

    public IRunGrain Grain { get; }

    /// <summary>Opens a run.</summary>
    /// <param name="units">How many units; an even number.</param>
    /// <param name="directory">Folder of the run's log.</param>
    /// <param name="lease">How long a worker may keep a unit without a word.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<OpenedRun> StartAsync(
        int units, string directory, TimeSpan lease, TimeProvider time, CancellationToken cancellationToken)
    {
        var (problems, options) = (ScriptedRun.Problems(units), new RunOptions { Directory = directory, Time = time });
        var (header, worker) = await EvalRun.PrepareAsync(
            ScriptedRun.Suite, problems, _ => ScriptedRun.Catalog(TimeSpan.Zero), options, cancellationToken);
        var key = ClusterRun.KeyOf(header);
        var node = await ClusterNode.StartAsync(
            new EvalClusterOptions { LeaseTime = lease }, time, cancellationToken: cancellationToken);
        try
        {
            var grain = node.Grains.GetGrain<IRunGrain>(key);
            await grain.OpenAsync(ClusterRun.Order(header, problems, options, null));
            var offer = await grain.DescribeAsync()
                ?? throw new InvalidOperationException("The run is not open; this is a defect of the benchmark.");
            return new OpenedRun(node, key, offer, worker, lease, time);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>A worker's place in the run, for all arms.</summary>
    public WorkerPlace Place(string worker) => new(_node.Grains, _key, _offer, worker, ScriptedRun.Arms, _lease, _time);

    public ValueTask DisposeAsync() => _node.DisposeAsync();
}
