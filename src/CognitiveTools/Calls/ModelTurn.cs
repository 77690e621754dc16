using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Calls;

/// <summary>
/// One generation of a chat model; every expected failure is a value. It is requested as a stream, so that a turn that times out or
/// fails keeps its text so far and the positions that were counted.
/// </summary>
internal sealed record ModelTurn(string Text, GenerationEnd End)
{
    /// <summary>The note left when a client reports no usage.</summary>
    public const string NoUsage = "the client reported no usage";

    /// <summary>The note left when a client reports only a part of its usage.</summary>
    public const string PartOfUsage = "the client reported its usage in part";

    /// <summary>The note left when a client returned thoughts and did not count them.</summary>
    public const string NoThoughtCount = "the client did not count its thoughts";

    /// <summary>The note left when no component counted what an unfinished turn had spent.</summary>
    public const string UnknownCost = "what a turn spent that failed or ran out of time is not known";

    /// <summary>The note left when the server's content filter ended or replaced the text.</summary>
    public const string Filtered = "the server's content filter ended the answer";

    /// <summary>The note left when the model refused to answer; its words are the text.</summary>
    public const string Refused = "the model refused to answer";

    // Long enough for a decode in progress, after which a client that counts partial work ends.
    private static readonly TimeSpan CancellationGrace = TimeSpan.FromMinutes(1);

    public ChatMessage Message { get; init; } = new(ChatRole.Assistant, "");

    /// <summary>The text without the thoughts in it.</summary>
    public string Visible => ThinkBlocks.Remove(Text);

    /// <summary>Thoughts that the client returned separately from the text; <see langword="null"/> without any.</summary>
    public string? Thoughts { get; init; }

    /// <summary>Prompt, generated and cached positions; the time is not set.</summary>
    public Usage Usage { get; init; } = Usage.None;

    /// <summary>Remarks on the text and the usage.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public string? Error { get; init; }

    /// <summary>The exception behind <see cref="Error"/>.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Whether the turn has thoughts and no visible text.</summary>
    public bool HasThoughtsOnly => string.IsNullOrWhiteSpace(Visible)
        && (Usage.ThoughtTokens > 0 || HasThoughts);

    /// <summary>Whether the turn ended within a thought, as far as its contents show.</summary>
    public bool EndsInThought => ThinkBlocks.IsOpen(Text)
        || Message.Contents.LastOrDefault(static content => content is not TextContent { Text.Length: 0 }) is TextReasoningContent;

    private bool HasThoughts => Thoughts is not null || ThinkBlocks.Thoughts(Text).Length > 0;

    /// <summary>Adds the turn's usage and notes to the record of a solve.</summary>
    public void PayTo(SolveRecord record)
    {
        record.Usage += Usage;
        foreach (var note in Notes)
            record.Note(note);
    }

    /// <summary>The step of a trace: the text or a part of it, its thoughts apart.</summary>
    public Said Said(string text)
    {
        var within = ThinkBlocks.Thoughts(text);
        return new(ThinkBlocks.Remove(text))
        {
            Thoughts = within.Length == 0 ? Thoughts : Thoughts is null ? within : $"{Thoughts}\n{within}",
        };
    }

    /// <param name="client">The model.</param>
    /// <param name="messages">The whole context.</param>
    /// <param name="options">Limits and sampling.</param>
    /// <param name="limit">
    /// Wall time allowed; <see langword="null"/> for no limit. It holds even if the client ignores cancellation.
    /// </param>
    /// <param name="time">The clock.</param>
    /// <param name="observer">Receives the text piece by piece.</param>
    /// <param name="cancellationToken">The caller's cancellation, the only one that throws.</param>
    public static async Task<ModelTurn> RunAsync(
        IChatClient client,
        IReadOnlyList<ChatMessage> messages,
        ChatOptions options,
        TimeSpan? limit,
        TimeProvider time,
        IProgress<TextPiece>? observer,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (limit <= TimeSpan.Zero)
            return new ModelTurn("", GenerationEnd.TimedOut);

        using var clock = limit is { } allowed ? new CancellationTokenSource(allowed, time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        var heard = new TurnText(observer);
        var listening = ListenAsync(client, messages, options, heard, either.Token);
        try
        {
            await listening.WaitAsync(either.Token);
            return Of(heard.Close());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && clock.IsCancellationRequested)
        {
            var ended = await SettleAsync(client, listening, time);
            // A client that counts partial work attaches it to the exception; without one it had not begun.
            var nothingDone = heard.IsEmpty && ended is OperationCanceledException && ChatCapabilities.Of(client).CountsPartialWork;
            return Unfinished(GenerationEnd.TimedOut, heard, ended, nothingDone);
        }
        catch (ContextFullException e)
        {
            return Unfinished(GenerationEnd.ContextFull, heard, e, nothingDone: heard.IsEmpty) with { Error = e.Message };
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Any exception of a model or its transport is an expected failure of this turn, not of the program.
            var nothingDone = heard.IsEmpty && !MayHaveWorked(e);
            return Unfinished(GenerationEnd.Failed, heard, e, nothingDone) with { Error = FailureWords.Of(e), Cause = e };
        }
    }

    private static async Task ListenAsync(
        IChatClient client, IReadOnlyList<ChatMessage> messages, ChatOptions options, TurnText heard, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync(messages, options, cancellationToken))
                heard.Add(update);
            heard.Complete();
        }
        catch (NotSupportedException) when (heard.IsEmpty)
        {
            // The client does not support streams, or it refuses the request and will refuse it again.
            var response = await client.GetResponseAsync(messages, options, cancellationToken);
            foreach (var update in response.ToChatResponseUpdates())
                heard.Add(update);
            heard.Complete();
        }
    }

    /// <summary>Waits until a cancelled client has ended, if it counts partial work.</summary>
    /// <returns>The exception it ended with; <see langword="null"/> when it ended without one or is still running.</returns>
    private static async Task<Exception?> SettleAsync(IChatClient client, Task listening, TimeProvider time)
    {
        if (ChatCapabilities.Of(client).CountsPartialWork)
            await listening.WaitAsync(CancellationGrace, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return listening.IsFaulted || listening.IsCanceled ? Thrown(listening) : null;
    }

    private static Exception? Thrown(Task ended)
    {
        try
        {
            ended.GetAwaiter().GetResult();
            return null;
        }
#pragma warning disable CA1031 // only looked at
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    // A server that refused the request or could not be reached did no work; one that failed or was too slow may have.
    private static bool MayHaveWorked(Exception e) => e switch
    {
        HttpRequestException { StatusCode: { } status } => (int)status is >= 500 or < 400,
        HttpRequestException => e.InnerException is IOException,
        _ => e is not (ArgumentException or NotSupportedException),
    };

    private static ModelTurn Of(ChatResponse response)
    {
        var contextFull = response.AdditionalProperties?.TryGetValue(ChatOptionKeys.ContextFull, out var full) is true && full is true;
        var end = contextFull ? GenerationEnd.ContextFull
            : FinishReasons.IsCut(response.FinishReason?.Value) ? GenerationEnd.TokenLimit
            : GenerationEnd.EndOfTurn;
        var turn = Read(response, end);
        var nothingDone = contextFull && turn.Text.Length == 0 && turn.Thoughts is null && response.Usage is null; // refused by the server
        return nothingDone ? turn : turn with { Usage = Known(response.Usage), Notes = [.. NotesOn(response, turn)] };
    }

    private static ModelTurn Unfinished(GenerationEnd end, TurnText heard, Exception? thrown, bool nothingDone)
    {
        var isBilled = heard.IsBilled;
        var response = heard.Close();
        var turn = Read(response, end);
        if (PartialWork.Of(thrown) is { } work)
        {
            return turn with
            {
                Text = work.Text.Length > turn.Text.Length ? work.Text : turn.Text,
                Usage = new Usage
                {
                    Prompt = work.Prompt,
                    Generated = work.Generated,
                    ThoughtTokens = work.Thoughts,
                    Cached = work.Cached,
                },
            };
        }

        if (nothingDone)
            return turn;
        var known = Known(response.Usage);
        return isBilled && !known.Incomplete
            ? turn with { Usage = known }
            : turn with { Usage = known with { Incomplete = true }, Notes = [UnknownCost] };
    }

    private static ModelTurn Read(ChatResponse response, GenerationEnd end)
    {
        var thoughts = string.Concat(response.Messages.SelectMany(m => m.Contents).OfType<TextReasoningContent>().Select(c => c.Text));
        // Messages without text, for example with thoughts only, add no line.
        var text = string.Join(Environment.NewLine, response.Messages.Select(m => m.Text).Where(t => t.Length > 0));
        if (text.Length == 0) // a refusal comes in place of the text
            text = string.Concat(response.Messages.SelectMany(m => m.Contents).OfType<ErrorContent>().Select(c => c.Message));
        return new ModelTurn(text, end)
        {
            Message = response.Messages is [.., var last] ? last : new ChatMessage(ChatRole.Assistant, text),
            Thoughts = thoughts.Length > 0 ? thoughts : null,
        };
    }

    // A total without its parts is counted as prompt and marked as incomplete.
    private static Usage Known(UsageDetails? usage)
    {
        var isComplete = usage is { InputTokenCount: not null, OutputTokenCount: not null };
        var (input, output) = (usage?.InputTokenCount ?? 0, usage?.OutputTokenCount ?? 0);
        return new Usage
        {
            Prompt = isComplete ? input : Math.Max(input, (usage?.TotalTokenCount ?? 0) - output),
            Generated = output,
            ThoughtTokens = Math.Clamp(usage?.ReasoningTokenCount ?? 0, 0, output),
            Cached = usage?.CachedInputTokenCount ?? 0,
            Incomplete = !isComplete,
        };
    }

    private static IEnumerable<string> NotesOn(ChatResponse response, ModelTurn turn)
    {
        foreach (var note in ChatNotes.In(response.AdditionalProperties))
            yield return note;
        if (response.Messages.SelectMany(m => m.Contents).OfType<ErrorContent>().Any())
            yield return Refused;
        if (response.FinishReason is { } finish && FinishReasons.Read(finish.Value) == ChatFinishReason.ContentFilter)
            yield return Filtered;
        if (response.Usage is null or { InputTokenCount: null, OutputTokenCount: null, TotalTokenCount: null })
            yield return NoUsage;
        else if (response.Usage is not { InputTokenCount: not null, OutputTokenCount: not null })
            yield return PartOfUsage;
        else if (turn.HasThoughts && response.Usage.ReasoningTokenCount is null)
            yield return NoThoughtCount;
    }
}
