using System.ClientModel.Primitives;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>Removes the <c>Authorization</c> header for servers without keys, because OpenAI's client requires a key.</summary>
internal sealed class NoKeyPolicy : PipelinePolicy
{
    /// <summary>A placeholder for the key that the client requires; it is never sent.</summary>
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
