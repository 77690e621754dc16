using System.Net.Sockets;
using Orleans.Runtime;

namespace CognitiveTools.Evals.Cluster.Workers;

/// <summary>
/// Calls of grains that are repeated until the cluster answers: a silo may have died, and another one takes over after a while.
/// </summary>
internal static class Retry
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Calls until there is an answer that counts.</summary>
    /// <param name="call">The call.</param>
    /// <param name="counts">Whether an answer counts; others are asked for again.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<T> UntilAsync<T>(
        Func<Task<T>> call, Func<T, bool> counts, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var wait = First; ; wait = wait < Longest ? wait * 2 : Longest)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (await call().WaitAsync(cancellationToken) is var answer && counts(answer))
                    return answer;
            }
            catch (Exception fault) when (IsPassing(fault) && !cancellationToken.IsCancellationRequested)
            {
                // The cluster is finding out who is alive.
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>
    /// Whether a fault of a call is one of the cluster, which ends by itself. A connection that is closed cancels its calls.
    /// </summary>
    public static bool IsPassing(Exception fault) =>
        fault is OrleansException or TimeoutException or IOException or SocketException or OperationCanceledException
            or ObjectDisposedException;
}
