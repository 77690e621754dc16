using System.ClientModel.Primitives;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>Takes the <c>Authorization</c> header out again: OpenAI's client insists on some key, a server without keys does not.</summary>
internal sealed class NoKeyPolicy : PipelinePolicy
{
    /// <summary>What the client is given in place of a key; it is never sent.</summary>
    public const string Placeholder = "none";

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        message.Request.Headers.Remove("Authorization");
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        message.Request.Headers.Remove("Authorization");
        return ProcessNextAsync(message, pipeline, currentIndex);
    }
}
