using Microsoft.Extensions.AI;
using OpenAI.Responses;

#pragma warning disable OPENAI001 // the only way to say that nothing is stored

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>Fields of a request to the Responses API: nothing is stored at the server, as with chat completions.</summary>
internal static class ResponsesFields
{
    public static void AddTo(ChatOptions options)
    {
        var inner = options.RawRepresentationFactory;
        options.RawRepresentationFactory = client =>
        {
            var raw = inner?.Invoke(client) as CreateResponseOptions ?? new CreateResponseOptions();
            raw.StoredOutputEnabled ??= false;
            return raw;
        };
    }
}
