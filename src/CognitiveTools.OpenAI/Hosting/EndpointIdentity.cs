using CognitiveTools.Identity;
using CognitiveTools.OpenAI.Endpoints;

namespace CognitiveTools.OpenAI.Hosting;

/// <summary>Identity of a model behind an endpoint. What the server runs is unknown, so the identity is name and address only.</summary>
internal sealed class EndpointIdentity(OpenAICompatibleOptions endpoint) : IModelIdentitySource
{
    public ValueTask<ModelIdentity> IdentifyAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(new ModelIdentity
    {
        Name = endpoint.Model ?? "",
        Engine = "openai chat completions",
        Endpoint = endpoint.Endpoint,
        FunctionCalls = endpoint.FunctionCalls,
        Changes = endpoint.ReturnThoughts ? [] : [new("return_thoughts", "given", "false")],
        Backend = SortedFacts.Of(
        [
            new("api", endpoint.Api),
            new("thinking_field", endpoint.ThinkingField),
        ]),
    });
}
