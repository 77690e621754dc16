using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Evals.Exchanges;

/// <summary>One request to a chat model and its response, kept for a replay; the request is a SHA-256 of messages and options.</summary>
internal sealed record Exchange(string Request, string Text)
{
    /// <summary>Thoughts that came apart from the text; <see langword="null"/> without one.</summary>
    public string? Thoughts { get; init; }

    /// <summary>The function calls of the response; <see langword="null"/> without calls.</summary>
    public IReadOnlyList<ExchangeCall>? Calls { get; init; }

    /// <summary>Why the response ended, as the client said.</summary>
    public string? Finish { get; init; }

    /// <summary>Whether the context was full.</summary>
    public bool ContextFull { get; init; }

    /// <summary>Prompt positions; <see langword="null"/> when the client did not say.</summary>
    public long? Input { get; init; }

    /// <summary>Generated positions; <see langword="null"/> when the client did not say.</summary>
    public long? Output { get; init; }

    /// <summary>Of the prompt positions those served from a cache; <see langword="null"/> when the client did not say.</summary>
    public long? Cached { get; init; }

    /// <summary>Of the generated positions those of thoughts; <see langword="null"/> when the client did not say.</summary>
    public long? ThoughtTokens { get; init; }

    /// <summary>All positions, where the client named no others; else <see langword="null"/>.</summary>
    public long? Total { get; init; }

    /// <summary>
    /// What the client threw instead of responding, or after the text so far; a unit with such an exchange is not replayed.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>The exchange of a response.</summary>
    internal static Exchange Of(string request, ChatResponse response)
    {
        var contents = response.Messages.SelectMany(m => m.Contents).ToList();
        var calls = contents.OfType<FunctionCallContent>().Select(ExchangeCall.Of).ToList();
        var thoughts = string.Concat(contents.OfType<TextReasoningContent>().Select(c => c.Text));
        var usage = response.Usage;
        return new Exchange(request, response.Text)
        {
            Thoughts = thoughts.Length > 0 ? thoughts : null,
            Calls = calls.Count > 0 ? calls : null,
            Finish = response.FinishReason?.Value,
            ContextFull = response.AdditionalProperties?.GetValueOrDefault(ChatOptionKeys.ContextFull) is true,
            Input = usage?.InputTokenCount,
            Output = usage?.OutputTokenCount,
            Cached = usage?.CachedInputTokenCount,
            ThoughtTokens = usage?.ReasoningTokenCount,
            Total = usage is { InputTokenCount: null, OutputTokenCount: null } ? usage.TotalTokenCount : null,
        };
    }

    /// <summary>The response again, to be played.</summary>
    internal ChatResponse ToResponse()
    {
        List<AIContent> contents = Thoughts is null ? [] : [new TextReasoningContent(Thoughts)];
        contents.Add(new TextContent(Text));
        contents.AddRange((Calls ?? []).Select(call => call.ToContent()));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            FinishReason = Finish is { } finish ? new ChatFinishReason(finish) : null,
            AdditionalProperties = ContextFull ? new AdditionalPropertiesDictionary { [ChatOptionKeys.ContextFull] = true } : null,
            Usage = this is { Input: null, Output: null, Total: null } ? null : new UsageDetails
            {
                InputTokenCount = Input,
                OutputTokenCount = Output,
                TotalTokenCount = Total,
                CachedInputTokenCount = Cached,
                ReasoningTokenCount = ThoughtTokens,
            },
        };
    }
}
