using CognitiveTools.Identity;
using CognitiveTools.OpenAI.Endpoints;

namespace CognitiveTools.OpenAI.Hosting;

/// <summary>Identity of a model behind an endpoint: what runs there cannot be told, so name and address are all there is.</summary>
internal sealed class EndpointIdentity(OpenAICompatibleOptions endpoint) : IModelIdentitySource
{
    public ValueTask<ModelIdentity> IdentifyAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(new ModelIdentity
    {
        Name = endpoint.Model ?? "",
        Engine = "openai chat completions",
        Endpoint = endpoint.Endpoint,
        FunctionCalls = endpoint.FunctionCalls,
    });
}
