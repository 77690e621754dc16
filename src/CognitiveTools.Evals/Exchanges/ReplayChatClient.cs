using System.Runtime.CompilerServices;
using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Evals.Exchanges;

/// <summary>
/// Answers from the exchanges of a stored unit instead of running a model. Requests are found by their hash; equal requests
/// get their responses in order.
/// </summary>
/// <param name="capabilities">What the recorded client could do; it decides the form of requests.</param>
internal sealed class ReplayChatClient(ChatCapabilities capabilities) : IChatClient
{
    private static readonly AsyncLocal<Dictionary<string, Queue<Exchange>>?> Playing = new();

    private readonly ChatClientMetadata _metadata = new("replay", defaultModelId: "replay");

    /// <summary>Sets the exchanges that requests of the present flow are answered from.</summary>
    public static void Play(IEnumerable<Exchange> exchanges) =>
        Playing.Value = exchanges.GroupBy(e => e.Request, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new Queue<Exchange>(g), StringComparer.Ordinal);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hash = RequestHash.Of(messages, options);
        Exchange exchange;
        lock (_metadata)
        {
            if (Playing.Value?.GetValueOrDefault(hash) is not { Count: > 0 } queue)
                throw new InvalidOperationException($"The log holds no response to request {hash[..12]}.");
            exchange = queue.Dequeue();
        }

        return Task.FromResult(exchange.ToResponse());
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType == typeof(ChatCapabilities) ? capabilities
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // Holds nothing.
    }
}
