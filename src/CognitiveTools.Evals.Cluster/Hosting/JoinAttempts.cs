using Orleans.Runtime;

namespace CognitiveTools.Evals.Cluster.Hosting;

/// <summary>
/// Repeats a client's attempts to reach a silo, because silos may be starting: for <see cref="Limit"/>, or without limit for a caller that
/// is told of the wait. (Orleans repeats them without limit and without a word.)
/// </summary>
/// <param name="waiting">
/// Is called once when this client begins to wait; <see langword="null"/> to give up after <see cref="Limit"/>.
/// </param>
/// <param name="time">The clock.</param>
internal sealed class JoinAttempts(Action? waiting, TimeProvider time) : IClientConnectionRetryFilter
{
    /// <summary>How long a client tries.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly long _started = time.GetTimestamp();
    private bool _said;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        // Faults of the store are of other types, and say what to do.
        if (exception is not (OrleansException or TimeoutException))
            return false;
        if (waiting is null && time.GetElapsedTime(_started) >= Limit)
            return false;
        if (!_said)
        {
            _said = true;
            waiting?.Invoke();
        }

        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }
}
