using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Polly;
using Polly.Retry;

namespace CognitiveTools.Evals.Exchanges;

/// <summary>
/// Sends a request again when its transport failed: no connection, a broken one, a time-out of the transport's own, or a server
/// that says it is overloaded or broken (429, 5xx). It waits as long as the server asks for, up to five minutes. A response is never
/// asked for twice, so retries do not shift the distribution of answers.
/// </summary>
internal sealed class RetryingChatClient : DelegatingChatClient
{
    private const int MostRetries = 4;

    private static readonly TimeSpan LongestWish = TimeSpan.FromMinutes(5);

    private readonly ResiliencePipeline _pipeline;

    public RetryingChatClient(IChatClient inner, TimeProvider time)
        : base(inner) =>
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is { } thrown
                    && IsTransport(thrown)
                    && !(WishOf(thrown) > LongestWish)
                    && !args.Context.CancellationToken.IsCancellationRequested),
                DelayGenerator = args => ValueTask.FromResult(WishOf(args.Outcome.Exception)),
                MaxRetryAttempts = MostRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                OnRetry = _ =>
                {
                    ExchangeScope.Current?.CountRetry();
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] asked = [.. messages];
        return await _pipeline.ExecuteAsync(async token => await base.GetResponseAsync(asked, options, token), cancellationToken);
    }

    /// <summary>A stream is begun again until its first piece has come: what has been given cannot be taken back.</summary>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatMessage[] asked = [.. messages];
        var (updates, any) = await _pipeline.ExecuteAsync(token => BeginAsync(asked, options, token), cancellationToken);
        await using (updates)
        {
            for (; any; any = await updates.MoveNextAsync())
                yield return updates.Current;
        }
    }

    private async ValueTask<(IAsyncEnumerator<ChatResponseUpdate> Updates, bool Any)> BeginAsync(
        ChatMessage[] asked, ChatOptions? options, CancellationToken cancellationToken)
    {
        var updates = base.GetStreamingResponseAsync(asked, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            return (updates, await updates.MoveNextAsync());
        }
        catch
        {
            await updates.DisposeAsync();
            throw;
        }
    }

    // The server's own wish, on an exception of the endpoint's client, comes before the schedule; one that is out of reason ends it.
    private static TimeSpan? WishOf(Exception? thrown) =>
        thrown?.Data["Retry-After"] is TimeSpan wish && wish > TimeSpan.Zero ? wish : null;

    internal static bool IsTransport(Exception thrown) => thrown switch
    {
        HttpRequestException { StatusCode: { } status } =>
            status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        HttpRequestException or System.Net.Sockets.SocketException or TimeoutException => true,
        TaskCanceledException { InnerException: TimeoutException } => true, // how HttpClient reports its own time-out
        IOException { InnerException: System.Net.Sockets.SocketException } => true,
        _ => false,
    };
}
