using System.Runtime.CompilerServices;
using CognitiveTools.Chat;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Tests.Reasoners;

/// <summary>What the client does at its place.</summary>
public enum ChatFault
{
    /// <summary>It throws.</summary>
    Throw,

    /// <summary>Time passes until the caller's limit cancels it, and it ends.</summary>
    TimeOut,

    /// <summary>Time passes, and it ignores the cancellation and never ends.</summary>
    Hang,

    /// <summary>The stream ends with its text and without a bill.</summary>
    NoUsage,
}

/// <summary>
/// Streams scripted replies word by word and counts like an engine: one position per word of the prompt when a request begins, one
/// per word given. At one place, counted over all requests, it fails in one way.
/// </summary>
internal sealed class FaultyChatClient(Func<int, string> reply, int place, ChatFault fault, FakeTimeProvider time,
    bool counts) : IChatClient
{
    private int _requests;
    private int _at;

    /// <summary>Positions so far, including those of failed requests.</summary>
    public long Positions { get; private set; }

    /// <summary>Whether the place was reached.</summary>
    public bool HasFailed { get; private set; }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var prompt = Words(string.Join(' ', messages.Select(m => m.Text))).Length;
        Positions += prompt;
        var (given, billed) = ("", true);
        foreach (var word in Words(reply(_requests++)))
        {
            if (_at++ == place)
            {
                HasFailed = true;
                if (fault == ChatFault.NoUsage)
                    billed = false;
                else
                    await FailAsync(new PartialWork(prompt, Words(given).Length), cancellationToken);
            }

            Positions++;
            given += word + " ";
            yield return new ChatResponseUpdate(ChatRole.Assistant, word + " ");
        }

        var output = Words(given).Length;
        if (billed)
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(
                new UsageDetails { InputTokenCount = prompt, OutputTokenCount = output })])
            { FinishReason = ChatFinishReason.Stop };
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatCapabilities) ? ChatCapabilities.None with { CountsPartialWork = counts } : null;

    public void Dispose()
    {
        // Holds nothing.
    }

    private async Task FailAsync(PartialWork work, CancellationToken cancellationToken)
    {
        if (fault != ChatFault.Throw)
            time.Advance(TimeSpan.FromHours(1));
        if (fault == ChatFault.Hang)
            await new TaskCompletionSource().Task;
        Exception thrown = fault == ChatFault.Throw ? new IOException("the wire broke") : new OperationCanceledException(cancellationToken);
        throw counts ? work.On(thrown) : thrown;
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
