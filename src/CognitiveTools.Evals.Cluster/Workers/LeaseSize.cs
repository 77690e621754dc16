namespace CognitiveTools.Evals.Cluster.Workers;

/// <summary>
/// How many units a worker asks for at once: its free places, and as many as it finishes in half a second. A unit of a second or more is
/// never held back by a worker that cannot begin it.
/// </summary>
/// <param name="concurrency">Units that the worker runs at once.</param>
/// <param name="time">The clock.</param>
internal sealed class LeaseSize(int concurrency, TimeProvider time)
{
    private const int Most = 256;
    private const double Seconds = 0.5;
    private const int Learns = 32; // units over which the mean is taken

    private readonly Lock _gate = new();
    private double? _mean;
    private int _running;
    private long _last = time.GetTimestamp();

    /// <summary>Units to ask for.</summary>
    public int Wanted
    {
        get
        {
            lock (_gate)
            {
                var free = Math.Max(1, concurrency - _running);
                return _mean is { } mean ? Math.Clamp((int)(Seconds / Math.Max(mean, 1e-6)), free, Math.Max(free, Most)) : free;
            }
        }
    }

    /// <summary>A unit begins.</summary>
    public void Began()
    {
        lock (_gate)
            _running++;
    }

    /// <summary>A unit is finished.</summary>
    /// <param name="ms">Its wall time in milliseconds; what the worker does beside it counts too.</param>
    public void Finished(double ms)
    {
        lock (_gate)
        {
            _running--;
            var now = time.GetTimestamp();
            var each = Math.Max(time.GetElapsedTime(_last, now).TotalSeconds, ms / 1000 / concurrency);
            _last = now;
            _mean = _mean is { } mean ? mean + ((each - mean) / Learns) : each;
        }
    }
}
