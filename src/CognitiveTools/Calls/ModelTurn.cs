using CognitiveTools.Chat;
using CognitiveTools.Latents;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Calls;

/// <summary>How one generation ended.</summary>
internal enum TurnEnd
{
    Finished,
    TokenLimit,
    ContextFull,
    TimedOut,
    Failed,
}

/// <summary>One generation of a chat model, with every expected failure as a value.</summary>
internal sealed record ModelTurn(string Text, TurnEnd End)
{
    /// <summary>The note left when a client reports no usage: the bill is then too low, and says so.</summary>
    public const string NoUsage = "the client reported no usage";

    /// <summary>The note left when the model ended its turn at once, so that an empty answer is no silent one.</summary>
    public const string NoText = "the model ended its turn without any text";

    public ChatMessage Message { get; init; } = new(ChatRole.Assistant, "");

    public long Input { get; init; }

    public long Output { get; init; }

    public long Cached { get; init; }

    public bool UsageReported { get; init; } = true;

    public string? Error { get; init; }

    /// <param name="client">The model.</param>
    /// <param name="messages">The whole context.</param>
    /// <param name="options">Limits and sampling.</param>
    /// <param name="limit">Wall time allowed; <see langword="null"/> for none. It holds even if the client ignores cancellation.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">The caller's cancellation, the only one that throws.</param>
    public static async Task<ModelTurn> RunAsync(
        IChatClient client, IReadOnlyList<ChatMessage> messages, ChatOptions options, TimeSpan? limit, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (limit <= TimeSpan.Zero)
            return new ModelTurn("", TurnEnd.TimedOut);

        using var clock = limit is { } allowed ? new CancellationTokenSource(allowed, time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            var response = await client.GetResponseAsync(messages, options, either.Token).WaitAsync(either.Token);
            return Of(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && clock.IsCancellationRequested)
        {
            return new ModelTurn("", TurnEnd.TimedOut);
        }
        catch (ContextFullException e)
        {
            return new ModelTurn("", TurnEnd.ContextFull) { Error = e.Message };
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever a model or its transport throws is an expected failure of this turn, not of the program.
            return new ModelTurn("", TurnEnd.Failed) { Error = $"{e.GetType().Name}: {e.Message}" };
        }
    }

    private static ModelTurn Of(ChatResponse response)
    {
        var contextFull = response.AdditionalProperties?.TryGetValue(ChatOptionKeys.ContextFull, out var full) is true && full is true;
        var end = contextFull ? TurnEnd.ContextFull
            : FinishReasons.IsCut(response.FinishReason?.Value) ? TurnEnd.TokenLimit
            : TurnEnd.Finished;
        return new ModelTurn(response.Text, end)
        {
            Message = response.Messages is [.., var last] ? last : new ChatMessage(ChatRole.Assistant, response.Text),
            Input = response.Usage?.InputTokenCount ?? 0,
            Output = response.Usage?.OutputTokenCount ?? 0,
            Cached = response.Usage?.CachedInputTokenCount ?? 0,
            UsageReported = response.Usage is { InputTokenCount: not null, OutputTokenCount: not null },
        };
    }
}
