using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>
/// Sends the thoughts before a function call back with it, as <c>reasoning_content</c>: servers of DeepSeek, gpt-oss and others want
/// them until the model has answered, and OpenAI's client drops them. Thoughts before the last user message are not sent: the model has
/// answered since, and some servers refuse them there.
/// </summary>
internal sealed class ReturnedThoughts : PipelinePolicy
{
    private const string Field = "reasoning_content";

    private static readonly AsyncLocal<IReadOnlyList<string>?> Current = new();

    /// <summary>Sets the thoughts of the request that the caller sends next.</summary>
    public static void Set(IEnumerable<ChatMessage> messages)
    {
        var thoughts = new List<string>();
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.User)
                thoughts.Clear();
            else if (message.Role == ChatRole.Assistant && message.Contents.Any(static content => content is FunctionCallContent))
                thoughts.Add(string.Concat(message.Contents.OfType<TextReasoningContent>().Select(static content => content.Text)));
        }

        Current.Value = thoughts.Exists(static thought => thought.Length > 0) ? thoughts : null;
    }

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Add(message);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Add(message);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private static void Add(PipelineMessage message)
    {
        if (Current.Value is not { } thoughts || message.Request.Content is not { } content)
            return;
        using var buffer = new MemoryStream();
        content.WriteTo(buffer, message.CancellationToken);
        if (JsonNode.Parse(buffer.ToArray()) is not JsonObject body || body["messages"] is not JsonArray messages)
            return;
        // The last messages with calls are those whose thoughts were kept.
        var calling = messages.OfType<JsonObject>().Where(static m => m["tool_calls"] is JsonArray).TakeLast(thoughts.Count).ToArray();
        if (calling.Length < thoughts.Count)
            return;
        for (var i = 0; i < calling.Length; i++)
        {
            if (thoughts[i].Length > 0)
                calling[i][Field] = thoughts[i];
        }

        message.Request.Content = BinaryContent.Create(BinaryData.FromString(body.ToJsonString()));
    }
}
