using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>
/// Sends the token limit under the server's name, which may turn out with its first answer. OpenAI's client writes
/// <c>max_completion_tokens</c>, which many compatible servers silently ignore, so the limit would have no effect.
/// </summary>
internal sealed class TokenLimitPolicy(Func<string> name) : PipelinePolicy
{
    public const string Modern = "max_completion_tokens";
    public const string Common = "max_tokens";

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Rename(message);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Rename(message);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private void Rename(PipelineMessage message)
    {
        var wanted = name();
        if (wanted == Modern || message.Request.Content is not { } content)
            return;
        using var buffer = new MemoryStream();
        content.WriteTo(buffer, message.CancellationToken);
        if (JsonNode.Parse(buffer.ToArray()) is not JsonObject body || !body.Remove(Modern, out var limit))
            return;
        body[wanted] = limit;
        message.Request.Content = BinaryContent.Create(BinaryData.FromString(body.ToJsonString()));
    }
}
