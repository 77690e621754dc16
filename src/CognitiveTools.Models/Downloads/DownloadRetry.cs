using Polly;
using Polly.Retry;

namespace CognitiveTools.Models.Downloads;

/// <summary>
/// Retries attempts that end with <see cref="TransientDownloadFailure"/>; each wait is twice the one before. Thread-safe.
/// </summary>
internal sealed class DownloadRetry(ModelDownloaderOptions options, TimeProvider time)
{
    private readonly ResiliencePipeline _pipeline = options.Attempts == 1
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<TransientDownloadFailure>(),
                MaxRetryAttempts = options.Attempts - 1,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
            })
            .Build();

    /// <param name="attempt">One attempt.</param>
    /// <param name="messageOf">The message after the last attempt, from the number of attempts and its failure.</param>
    /// <param name="cancellationToken">Cancels attempts and waits.</param>
    /// <exception cref="DownloadFailure">An attempt failed for good, or the last attempt failed.</exception>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, ValueTask<T>> attempt,
        Func<int, TransientDownloadFailure, string> messageOf,
        CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(attempt, cancellationToken);
        }
        catch (TransientDownloadFailure last)
        {
            throw new DownloadFailure(messageOf(options.Attempts, last), last);
        }
    }
}
