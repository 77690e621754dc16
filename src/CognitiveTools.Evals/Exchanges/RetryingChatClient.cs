using System.Net;
using Microsoft.Extensions.AI;
using Polly;
using Polly.Retry;

namespace CognitiveTools.Evals.Exchanges;

/// <summary>
/// Sends a request again when its transport failed: no connection, a broken one, a time-out of the transport's own, or a
/// server that says it is overloaded or broken (429, 5xx). What the model answers is never asked for twice, so retries do
/// not shift the distribution of answers.
/// </summary>
internal sealed class RetryingChatClient : DelegatingChatClient
{
    private const int MostRetries = 4;

    private readonly ResiliencePipeline _pipeline;

    public RetryingChatClient(IChatClient inner, TimeProvider time)
        : base(inner) =>
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } thrown && IsTransport(thrown) && !args.Context.CancellationToken.IsCancellationRequested),
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

    internal static bool IsTransport(Exception thrown) => thrown switch
    {
        HttpRequestException { StatusCode: { } status } => status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        HttpRequestException or System.Net.Sockets.SocketException or TimeoutException => true,
        TaskCanceledException { InnerException: TimeoutException } => true, // how HttpClient reports its own time-out
        IOException { InnerException: System.Net.Sockets.SocketException } => true,
        _ => false,
    };
}
