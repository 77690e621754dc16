using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.OpenAI.Answers;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>
/// A request as it is sent, and what its answer needs: thoughts apart from the text, a cut at stop sequences, notes, counts that are
/// unknown.
/// </summary>
/// <param name="client">The client of the API that it is sent to.</param>
/// <param name="adapted">What is sent.</param>
/// <param name="asked">What the caller asked for.</param>
internal sealed class SentRequest(IChatClient client, RequestAdapter adapted, ChatOptions asked)
{
    private readonly StopCut? _cut = adapted.Stops.Count > 0 ? new StopCut(adapted.Stops) : null;
    private readonly List<string> _notes = [.. adapted.Notes];
    private readonly ThoughtSplitter _thoughts = new(startOnly: true);
    private readonly BrokenArguments _broken = new();
    private bool _thought;

    public IChatClient Client => client;

    /// <summary>The conversation as it is sent.</summary>
    public required IReadOnlyList<Microsoft.Extensions.AI.ChatMessage> Messages { get; init; }

    /// <summary>
    /// Whether arguments that are no JSON object are sent as the server wrote them, not as an empty object; <see langword="null"/> when
    /// there are none.
    /// </summary>
    public required bool? BrokenArguments { get; init; }

    /// <summary>What the caller asked for.</summary>
    public ChatOptions Asked => asked;

    /// <summary>What is sent.</summary>
    public ChatOptions Options => adapted.Options;

    /// <summary>The name under which the limit of tokens is sent.</summary>
    public required string TokenLimitName { get; init; }

    /// <summary>Whether it goes to the Responses API.</summary>
    public required bool UsesResponses { get; init; }

    /// <summary>Whether the answer is requested as a stream.</summary>
    public required bool Streams { get; init; }

    /// <summary>An answer, or a part of one, as the caller gets it.</summary>
    /// <exception cref="EndpointAnswerException">The server reported a failure in the answer.</exception>
    public ChatResponseUpdate Read(ChatResponseUpdate update)
    {
        if (UsesResponses)
            ResponsesOutcome.Complete(update);
        foreach (var usage in update.Contents.OfType<UsageContent>())
            usage.Details = Known(usage.Details);
        // Microsoft.Extensions.AI reads the refusals of whole answers only.
        if (Streams && update.RawRepresentation is StreamingChatCompletionUpdate { RefusalUpdate: { Length: > 0 } refusal })
            update.Contents.Add(new ErrorContent(refusal));
        _broken.Keep(update);
        update.Contents = [.. update.Contents.SelectMany(Divided)];
        _thought |= update.Contents.Any(IsThought);
        if (_cut is { IsMet: true } && update.FinishReason is not null)
            update.FinishReason = ChatFinishReason.Stop;

        return update;
    }

    /// <summary>The last part of an answer: held text, and the notes; <see langword="null"/> when there is neither.</summary>
    public ChatResponseUpdate? Close()
    {
        List<AIContent> rest = [.. _thoughts.Rest().Select(Content)];
        if (_cut?.Rest() is { Length: > 0 } held)
            rest.Add(new TextContent(held));
        if ((_thought || rest.Exists(IsThought)) && asked.Reasoning?.Effort == ReasoningEffort.None)
            _notes.Add("the model thought although it was asked not to");
        if (BrokenArguments is false)
            _notes.Add(Endpoints.BrokenArguments.Note);
        if (rest.Count == 0 && _notes.Count == 0)
            return null;
        var last = new ChatResponseUpdate { Role = ChatRole.Assistant, Contents = rest };
        if (_notes.Count > 0)
            last.AdditionalProperties = new() { [ChatOptionKeys.Notes] = _notes };
        return last;
    }

    private static bool IsThought(AIContent content) => content is TextReasoningContent { Text.Length: > 0 };

    private IEnumerable<AIContent> Divided(AIContent content) =>
        content is TextContent { Text.Length: > 0 } text ? _thoughts.Take(text.Text).Select(Content) : [content];

    private AIContent Content((string Text, bool IsThought) piece) =>
        piece.IsThought ? new TextReasoningContent(piece.Text) : new TextContent(_cut is null ? piece.Text : _cut.Take(piece.Text));

    // Counts that the server did not report become null.
    private static UsageDetails Known(UsageDetails usage)
    {
        usage.InputTokenCount = Known(usage.InputTokenCount);
        usage.OutputTokenCount = Known(usage.OutputTokenCount);
        usage.TotalTokenCount = Known(usage.TotalTokenCount);
        return usage;
    }

    private static long? Known(long? count) => count >= 0 ? count : null;
}
