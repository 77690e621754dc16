using System.ClientModel;
using System.ClientModel.Primitives;
using CognitiveTools.OpenAI.Answers;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;

#pragma warning disable OPENAI001 // the Responses API and policies for the key; all use of them is here and in ResponsesFields

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>OpenAI's clients of an endpoint's two APIs.</summary>
internal sealed class EndpointClients(OpenAICompatibleOptions options, ServerLimits limits)
{
    private readonly Lazy<IChatClient> _responses = new(() => MakeResponses(options));

    /// <summary>Chat completions.</summary>
    public IChatClient Chat { get; } = MakeChat(options, limits);

    /// <summary>The Responses API.</summary>
    public IChatClient Responses => _responses.Value;

    private static IChatClient MakeChat(OpenAICompatibleOptions options, ServerLimits limits)
    {
        var settings = new OpenAIClientOptions { Endpoint = options.Address };
        Configure(settings, options);
        settings.AddPolicy(new AnswerPolicy(), PipelinePosition.PerCall);
        if (options.ReturnThoughts)
            settings.AddPolicy(new ReturnedThoughts(), PipelinePosition.PerCall);
        settings.AddPolicy(new TokenLimitPolicy(() => limits.TokenLimitName), PipelinePosition.PerCall);
        return new ChatClient(options.Model!, KeyPolicy(options), settings).AsIChatClient();
    }

    private static IChatClient MakeResponses(OpenAICompatibleOptions options)
    {
        var settings = new ResponsesClientOptions { Endpoint = options.Address };
        Configure(settings, options);
        return new ResponsesClient(KeyPolicy(options), settings).AsIChatClient(options.Model!);
    }

    private static void Configure(ClientPipelineOptions settings, OpenAICompatibleOptions options)
    {
        (settings.NetworkTimeout, settings.RetryPolicy) = (options.Timeout, new ClientRetryPolicy(options.Retries));
        if (string.IsNullOrEmpty(options.Key))
            settings.AddPolicy(new NoKeyPolicy(), PipelinePosition.BeforeTransport);
    }

    private static ApiKeyAuthenticationPolicy KeyPolicy(OpenAICompatibleOptions options)
    {
        var key = new ApiKeyCredential(options.Key is { Length: > 0 } given ? given : NoKeyPolicy.Placeholder);
        return options.HeaderOfKey == OpenAICompatibleOptions.BearerHeader
            ? ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(key)
            : ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(key, options.HeaderOfKey);
    }
}
