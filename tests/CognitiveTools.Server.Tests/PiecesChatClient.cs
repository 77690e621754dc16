using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Tests;

/// <summary>
/// A chat client that streams the pieces it was given, the first ones as thoughts, then usage; before each piece it runs a hook.
/// </summary>
internal sealed class PiecesChatClient(IReadOnlyList<string> pieces, Func<int, CancellationToken, Task>? before = null,
    int? cached = null, int thoughts = 0) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            await (before?.Invoke(i, cancellationToken) ?? Task.CompletedTask);
            AIContent said = i < thoughts ? new TextReasoningContent(pieces[i]) : new TextContent(pieces[i]);
            yield return new ChatResponseUpdate(ChatRole.Assistant, [said]);
        }

        var usage = new UsageDetails
        {
            InputTokenCount = 7,
            OutputTokenCount = pieces.Count,
            TotalTokenCount = 7 + pieces.Count,
            CachedInputTokenCount = cached
        };
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)]) { FinishReason = ChatFinishReason.Length };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this)
        ? this : null;

    public void Dispose()
    {
    }
}
