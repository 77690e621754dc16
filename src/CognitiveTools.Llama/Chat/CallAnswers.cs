using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Chat;

/// <summary>Puts the call of a function into a response in place of its text.</summary>
internal static class CallAnswers
{
    private const string Note =
        "The model's chat template knows no tools, so they were described in the system prompt; a model that was not trained for it may "
        + "call them badly.";

    public static ChatResponse Read(ChatResponse response, CallPlan plan)
    {
        var reader = plan.NewReader();
        var message = response.Messages[^1];
        var contents = new List<AIContent>();
        foreach (var content in message.Contents)
        {
            if (content is not TextContent text)
                contents.Add(content);
            else if (reader.Add(text.Text) is { Length: > 0 } through)
                contents.Add(new TextContent(through));
        }

        var (rest, call) = reader.Finish();
        if (rest.Length > 0)
            contents.Add(new TextContent(rest));
        if (call is not null)
        {
            contents.Add(call);
            response.FinishReason = ChatFinishReason.ToolCalls;
        }

        message.Contents = contents;
        if (plan.IsGeneric)
            response.AdditionalProperties = Noted(response.AdditionalProperties);
        return response;
    }

    public static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(IAsyncEnumerable<ChatResponseUpdate> updates, CallPlan plan)
    {
        var reader = plan.NewReader();
        await foreach (var update in updates.ConfigureAwait(false))
        {
            if (update.FinishReason is not null)
            {
                var (rest, call) = reader.Finish();
                if (rest.Length > 0)
                    yield return new(ChatRole.Assistant, rest) { ModelId = update.ModelId };
                if (call is not null)
                {
                    yield return new(ChatRole.Assistant, [call]) { ModelId = update.ModelId };
                    update.FinishReason = ChatFinishReason.ToolCalls;
                }

                if (plan.IsGeneric)
                    update.AdditionalProperties = Noted(update.AdditionalProperties);
                yield return update;
                continue;
            }

            var contents = update.Contents
                .Select(content => content is TextContent text ? new TextContent(reader.Add(text.Text)) : content)
                .Where(static content => content is not TextContent { Text.Length: 0 }).ToList();
            if (contents.Count == 0)
                continue;
            update.Contents = contents;
            yield return update;
        }
    }

    private static AdditionalPropertiesDictionary Noted(AdditionalPropertiesDictionary? properties) =>
        new(properties ?? []) { [ChatOptionKeys.Notes] = (string[])[Note] };
}
