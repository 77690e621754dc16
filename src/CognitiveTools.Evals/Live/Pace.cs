namespace CognitiveTools.Evals.Live;

/// <summary>How fast units finish: counted over the last minutes, or since the session's start when that is later.</summary>
internal sealed class Pace
{
    /// <summary>How far back it looks.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Queue<(DateTimeOffset Finished, double Ms)> _units = [];
    private DateTimeOffset _newest = DateTimeOffset.MinValue;

    /// <summary>Counts a unit.</summary>
    /// <param name="finished">When it was finished.</param>
    /// <param name="ms">Its wall time in milliseconds.</param>
    public void Add(DateTimeOffset finished, double ms)
    {
        if (finished - DateTimeOffset.MinValue < Window)
            return; // the log holds no time
        _newest = finished > _newest ? finished : _newest;
        _units.Enqueue((finished, ms));
        while (_units.Peek().Finished < _newest - Window)
            _units.Dequeue();
    }

    /// <summary>Units per minute; <see langword="null"/> when no unit finished in that time.</summary>
    public double? PerMinute(DateTimeOffset now, DateTimeOffset session) => Of(now, session, static _ => 60_000);

    /// <summary>
    /// Units that were in progress at the same time, on average: their rate times their mean wall time (Little's law);
    /// <see langword="null"/> when no unit finished in that time.
    /// </summary>
    public double? AtOnce(DateTimeOffset now, DateTimeOffset session) => Of(now, session, static ms => ms);

    private double? Of(DateTimeOffset now, DateTimeOffset session, Func<double, double> weight)
    {
        var from = session > now - Window ? session : now - Window;
        var sum = 0.0;
        var found = false;
        foreach (var (finished, ms) in _units)
        {
            if (finished >= from)
                (sum, found) = (sum + weight(ms), true);
        }

        return found && now > from ? sum / (now - from).TotalMilliseconds : null;
    }
}
