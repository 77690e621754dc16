using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Evals.Exchanges;

/// <summary>
/// Notes what a unit of a run asks its model and what it answers, so that the unit can be played again without the model.
/// Does nothing outside of a run. Streamed responses are passed on unrecorded.
/// </summary>
internal sealed class RecordingChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (ExchangeScope.Current is not { } scope)
            return await base.GetResponseAsync(messages, options, cancellationToken);
        ChatMessage[] asked = [.. messages];
        var response = await base.GetResponseAsync(asked, options, cancellationToken);
        scope.Add(asked, new Exchange(RequestHash.Of(asked, options), response.Text)
        {
            Calls = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Select(ExchangeCall.Of).ToList() is { Count: > 0 } calls ? calls : null,
            Finish = response.FinishReason?.Value,
            ContextFull = response.AdditionalProperties?.GetValueOrDefault(ChatOptionKeys.ContextFull) is true,
            Input = response.Usage?.InputTokenCount,
            Output = response.Usage?.OutputTokenCount,
            Cached = response.Usage?.CachedInputTokenCount,
        });
        return response;
    }
}
