using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using CognitiveTools.Chat;
using CognitiveTools.OpenAI.Answers;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>OpenAI's client for a compatible server, with exceptions whose messages name the remedy.</summary>
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
        settings.AddPolicy(new AnswerPolicy(), PipelinePosition.PerCall);
        if (options.ReturnThoughts)
            settings.AddPolicy(new ReturnedThoughts(), PipelinePosition.PerCall);
        if (options.TokenLimitName != TokenLimitPolicy.Modern)
            settings.AddPolicy(new TokenLimitPolicy(options.TokenLimitName), PipelinePosition.PerCall);
        var key = options.Key;
        if (string.IsNullOrEmpty(key))
            settings.AddPolicy(new NoKeyPolicy(), PipelinePosition.BeforeTransport);
        var client = new ChatClient(options.Model!,
            new ApiKeyCredential(string.IsNullOrEmpty(key) ? NoKeyPolicy.Placeholder : key), settings);
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
        RefuseBudgets(options);
        var sent = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        ReturnedThoughts.Set(sent);
        try
        {
            var response = await base.GetResponseAsync(sent, options, cancellationToken);
            response.Usage = Known(response.Usage);
            return response;
        }
        catch (Exception e) when (EndpointFault.IsContextFull(e))
        {
            return new[] { ContextFull() }.ToChatResponse();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && EndpointFault.IsKnown(e))
        {
            throw EndpointFault.Of(e, endpoint);
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!endpoint.Stream)
        {
            foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
                yield return update;
            yield break;
        }

        RefuseBudgets(options);
        var sent = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        ReturnedThoughts.Set(sent);
        await using var updates = base.GetStreamingResponseAsync(sent, options, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            ChatResponseUpdate? next = null;
            try
            {
                next = await updates.MoveNextAsync() ? updates.Current : null;
            }
            catch (Exception e) when (EndpointFault.IsContextFull(e))
            {
                next = ContextFull();
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && EndpointFault.IsKnown(e))
            {
                throw EndpointFault.Of(e, endpoint);
            }

            if (next is null)
                yield break;
            foreach (var usage in next.Contents.OfType<UsageContent>())
                usage.Details = Known(usage.Details)!;
            yield return next;
        }
    }

    private static void RefuseBudgets(ChatOptions? options)
    {
        if (options?.AdditionalProperties is { } others
            && (others.ContainsKey(ChatOptionKeys.ThoughtTokens) || others.ContainsKey(ChatOptionKeys.ThoughtWaits)))
            throw new NotSupportedException(
                "A server cannot be told when to end a thought: thoughts=N and wait=K work with local models only. Use think=low, medium "
                + "or high.");
    }

    // Counts that the server did not report become null.
    private static UsageDetails? Known(UsageDetails? usage)
    {
        if (usage is null)
            return null;
        usage.InputTokenCount = Known(usage.InputTokenCount);
        usage.OutputTokenCount = Known(usage.OutputTokenCount);
        usage.TotalTokenCount = Known(usage.TotalTokenCount);
        return usage;
    }

    private static long? Known(long? count) => count >= 0 ? count : null;

    private static ChatResponseUpdate ContextFull() => new(ChatRole.Assistant, "")
    {
        FinishReason = ChatFinishReason.Length,
        AdditionalProperties = new AdditionalPropertiesDictionary { [ChatOptionKeys.ContextFull] = true },
    };
}
