namespace CognitiveTools.Llama.Workers;

/// <summary>
/// Detects a hung worker: a process that is stopped, or whose reading thread is stuck, does not close its pipe. While calls wait and
/// nothing arrives, it sends a ping, which the worker's reading thread answers also during a long decode. Owns one timer and calls back
/// on its thread. It counts ticks of the timer and never compares clocks, so that the time in which this process was stopped or the
/// machine slept counts as at most one tick.
/// </summary>
internal sealed class WorkerWatchdog : IAsyncDisposable
{
    /// <summary>Ticks that a worker has to answer a ping.</summary>
    internal const int TicksPerTimeout = 4;

    private readonly Func<bool> _isAwaited;
    private readonly Action _ping;
    private readonly Action _onHung;
    private readonly ITimer _timer;
    private int _quiet; // ticks in a row with calls that wait and without a frame; the timer's thread only
    private volatile bool _heard;

    /// <param name="time">The clock.</param>
    /// <param name="responseTimeout">How long a ping may stay without an answer.</param>
    /// <param name="isAwaited">Whether a call waits for an answer.</param>
    /// <param name="ping">Sends a ping; must not block.</param>
    /// <param name="onHung">Called once, when nothing has arrived for the whole time.</param>
    internal WorkerWatchdog(TimeProvider time, TimeSpan responseTimeout, Func<bool> isAwaited, Action ping, Action onHung)
    {
        (_isAwaited, _ping, _onHung) = (isAwaited, ping, onHung);
        var tick = responseTimeout / TicksPerTimeout;
        _timer = time.CreateTimer(static watchdog => ((WorkerWatchdog)watchdog!).Tick(), this, tick, tick);
    }

    /// <summary>Notes that a frame has arrived; any thread.</summary>
    internal void NoteFrame() => _heard = true;

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Tick()
    {
        if (_heard || !_isAwaited())
        {
            (_heard, _quiet) = (false, 0);
            return;
        }

        _quiet++;
        if (_quiet == 1)
            _ping();
        else if (_quiet == TicksPerTimeout + 1)
            _onHung();
    }
}
