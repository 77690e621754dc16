using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Cluster.Workers;

/// <summary>
/// The units that a worker leases from a run's shards. Leases are renewed while units wait or run; results are sent in the background, in
/// batches, until the log has them.
/// </summary>
internal sealed class ClusterUnitQueue : IUnitQueue, IAsyncDisposable
{
    private const int MostUnsent = 256; // then finished units wait, and no new ones begin
    private const int MostInABatch = 64;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a worker waits after it got no unit: the shortest time first, then twice as long each time, up to the longest.
    /// </summary>
    internal static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20), LongestWait = Beat / 4;

    private readonly WorkerPlace _place;
    private readonly UnitsInProgress _units;
    private readonly int _concurrency;
    private readonly WorkerLeases _leases;
    private readonly LeaseSize _size;
    private readonly Channel<Sent> _results = Channel.CreateBounded<Sent>(MostUnsent);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Task _sending;
    private readonly Task _beating;
    private volatile bool _ended;
    private int _texts; // units whose text the owner wants

    /// <param name="place">The worker's place in the run.</param>
    /// <param name="units">The units that it is working on.</param>
    /// <param name="concurrency">Units in flight at once.</param>
    public ClusterUnitQueue(WorkerPlace place, UnitsInProgress units, int concurrency)
    {
        (_place, _units, _concurrency) = (place, units, concurrency);
        _leases = new WorkerLeases(place);
        _size = new LeaseSize(concurrency, place.Time);
        _sending = SendAsync();
        _beating = BeatAsync();
    }

    /// <summary>Why results were refused, if any was.</summary>
    public string? Refusal { get; private set; }

    public CancellationToken Stopping => _stop.Token;

    /// <summary>Gives no more units. Those in flight are finished.</summary>
    public void Drain() => _ended = true;

    public async IAsyncEnumerable<UnitKey> TakeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wait = ShortestWait;
        while (!_ended)
        {
            if (_leases.Start() is { } unit)
            {
                wait = ShortestWait;
                _size.Began();
                yield return unit;
            }
            else if (!await _leases.LeaseAsync(_size.Wanted, () => _ended, cancellationToken) && !_ended)
            {
                await Task.Delay(wait, _place.Time, cancellationToken);
                wait = wait < LongestWait ? wait * 2 : LongestWait;
            }
        }
    }

    public async Task CompleteAsync(UnitOutcome outcome)
    {
        _size.Finished(outcome.Record.Ms);
        var sent = new Sent(outcome, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _results.Writer.WriteAsync(sent, CancellationToken.None); // finished work is recorded
        if (_concurrency == 1)
            await sent.Delivered.Task; // one thing at a time, for runs that must repeat themselves
    }

    public async Task FlushAsync()
    {
        _ended = true;
        await _leases.GiveBackAsync(started: false);
        _results.Writer.TryComplete();
        await _sending;
    }

    /// <summary>Gives up results that could not be delivered by then.</summary>
    public void GiveUpAfter(TimeSpan time) => _giveUp.CancelAfter(time);

    public async ValueTask DisposeAsync()
    {
        _ended = true;
        _results.Writer.TryComplete();
        await _giveUp.CancelAsync();
        await _stop.CancelAsync();
        await _beating;
        try
        {
            await _sending;
        }
        catch (OperationCanceledException)
        {
            // Units whose results were given up are run again by others.
        }

        await _leases.GiveBackAsync(started: true);
        await _place.LeaveAsync();
        _giveUp.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        var batch = new List<Sent>();
        while (await _results.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < MostInABatch && _results.Reader.TryRead(out var sent))
                batch.Add(sent);
            await Task.WhenAll(batch.GroupBy(s => Wire.ShardOf(s.Outcome.Record.Problem, _place.Shards.Count)).Select(SendAsync));
        }
    }

    private async Task SendAsync(IGrouping<int, Sent> sent)
    {
        UnitResult[] results = [.. sent.Select(static s => Wire.Write(s.Outcome))];
        try
        {
            var receipt = await Retry.UntilAsync(
                () => _place.Shards[sent.Key].CompleteAsync(results), static r => r.Open, _place.Time, _giveUp.Token);
            if (receipt.Refused.Count > 0)
                Refusal ??= $"unit {receipt.Refused[0].Unit}: {receipt.Refused[0].Reason}";
            _ended |= receipt.Stopped;
            _leases.Remove(results.Select(static r => (UnitKey)r.Unit));
        }
        finally
        {
            foreach (var one in sent)
                one.Delivered.SetResult();
        }
    }

    private async Task BeatAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await TryAsync(_leases.RenewIfDueAsync);
            await TryAsync(async () =>
            {
                var pulse = await _place.Run.PulseAsync(_place.News(_leases.Count, _units.Finished, _units.Oldest(_texts)));
                _texts = pulse.Texts;
                _ended |= pulse.Session is not null && (pulse.Over || pulse.Stopped is not null || pulse.Session != _place.Session);
            });
            try
            {
                await Task.Delay(Beat, _place.Time, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call().WaitAsync(_stop.Token);
        }
        catch (Exception fault) when (Retry.IsPassing(fault))
        {
            // The next beat tries again; leases last for many.
        }
    }

    private sealed record Sent(UnitOutcome Outcome, TaskCompletionSource Delivered);
}
