using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using CognitiveTools.Chat;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>OpenAI's own client on another server's address, with its faults in this toolkit's words.</summary>
internal sealed class EndpointChatClient(IChatClient inner, OpenAICompatibleOptions endpoint) : DelegatingChatClient(inner)
{
    public static EndpointChatClient Create(OpenAICompatibleOptions options)
    {
        var settings = new OpenAIClientOptions
        {
            Endpoint = options.Address,
            NetworkTimeout = options.Timeout,
            RetryPolicy = new ClientRetryPolicy(options.Retries),
        };
        if (options.TokenLimitName != TokenLimitPolicy.Modern)
            settings.AddPolicy(new TokenLimitPolicy(options.TokenLimitName), PipelinePosition.PerCall);
        var key = options.Key;
        if (string.IsNullOrEmpty(key))
            settings.AddPolicy(new NoKeyPolicy(), PipelinePosition.BeforeTransport);
        var client = new ChatClient(options.Model!, new ApiKeyCredential(string.IsNullOrEmpty(key) ? NoKeyPolicy.Placeholder : key), settings);
        return new EndpointChatClient(client.AsIChatClient(), options);
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatCapabilities)
            ? ChatCapabilities.None with { FunctionCalls = endpoint.FunctionCalls }
            : base.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">No connection, or the server refused; the message says what to do.</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception e) when (EndpointFault.IsContextFull(e))
        {
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, ""))
            {
                FinishReason = ChatFinishReason.Length,
                AdditionalProperties = new AdditionalPropertiesDictionary { [ChatOptionKeys.ContextFull] = true },
            };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && EndpointFault.IsKnown(e))
        {
            throw EndpointFault.Of(e, endpoint);
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync())
                    yield break;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && EndpointFault.IsKnown(e))
            {
                throw EndpointFault.Of(e, endpoint);
            }

            yield return updates.Current;
        }
    }
}
