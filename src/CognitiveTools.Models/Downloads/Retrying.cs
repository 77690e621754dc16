namespace CognitiveTools.Models.Downloads;

/// <summary>Tries again what a cut connection spoilt, a bounded number of times with growing waits.</summary>
internal sealed class Retrying(ModelDownloaderOptions options, TimeProvider time)
{
    /// <param name="attempt">One attempt; throws <see cref="ConnectionCut"/> when another may mend it.</param>
    /// <param name="giveUp">The message after the last one, from the number of attempts and the last cut.</param>
    /// <param name="cancellationToken">Cancels the waits.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, Func<int, ConnectionCut, string> giveUp, CancellationToken cancellationToken)
    {
        var delay = options.RetryDelay;
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt();
            }
            catch (ConnectionCut cut) when (number >= options.Attempts)
            {
                throw new DownloadFailure(giveUp(number, cut), cut);
            }
            catch (ConnectionCut)
            {
                await Task.Delay(delay, time, cancellationToken);
                delay *= 2;
            }
        }
    }
}
