using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Cluster.Workers;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>
/// A worker of a simulation: the leases and the sizes of a real one, and units that take time on the simulated clock only.
/// </summary>
/// <param name="place">Its place in the run.</param>
/// <param name="places">Units at once.</param>
internal sealed class SimulatedWorker(WorkerPlace place, int places)
{
    private readonly WorkerLeases _leases = new(place);
    private readonly LeaseSize _size = new(places, place.Time);
    private int _running;

    /// <summary>Whether it asks for units.</summary>
    public bool HasFreePlace => _running < places;

    /// <summary>How long it waits after it got no unit, twice as long each time.</summary>
    public TimeSpan Wait { get; private set; } = ClusterUnitQueue.ShortestWait;

    /// <summary>Leases units if none is waiting.</summary>
    /// <returns>The units that begin.</returns>
    public async Task<IReadOnlyList<UnitKey>> BeginAsync()
    {
        var begun = new List<UnitKey>();
        while (HasFreePlace)
        {
            if (_leases.Start() is { } unit)
            {
                _size.Began();
                _running++;
                begun.Add(unit);
            }
            else if (!await _leases.LeaseAsync(_size.Wanted, static () => false, CancellationToken.None))
            {
                break;
            }
        }

        Wait = begun.Count > 0 ? ClusterUnitQueue.ShortestWait
            : Wait < ClusterUnitQueue.LongestWait ? Wait * 2 : ClusterUnitQueue.LongestWait;
        return begun;
    }

    /// <summary>Brings results.</summary>
    public async Task CompleteAsync(IReadOnlyList<UnitResult> results)
    {
        foreach (var result in results)
        {
            _running--;
            _size.Finished(result.Ms);
        }

        foreach (var shard in results.GroupBy(r => Wire.ShardOf(r.Unit.Problem, place.Shards.Count)))
        {
            var receipt = await place.Shards[shard.Key].CompleteAsync([.. shard]);
            if (!receipt.Open || receipt.Refused.Count > 0)
                throw new InvalidOperationException($"Results of {place.Worker} were refused; this is a defect of the simulation.");
        }

        _leases.Remove(results.Select(static r => (UnitKey)r.Unit));
    }

    /// <summary>Says that it is alive, and renews leases that are due.</summary>
    public async Task BeatAsync()
    {
        await _leases.RenewIfDueAsync();
        await place.Run.PulseAsync(place.News(_leases.Count, finished: 0, []));
    }
}
