using System.Runtime.CompilerServices;
using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>
/// OpenAI's client for a compatible server, with exceptions whose messages name the remedy. It learns what the server refuses
/// (<see cref="ServerLimits"/>): the request is sent again without a parameter that nobody asked for, under the other name of the
/// token limit, as a whole instead of a stream, or to the Responses API. What was left out is in the notes of every answer.
/// </summary>
internal sealed class EndpointChatClient : DelegatingChatClient
{
    private readonly EndpointClients _clients;
    private readonly ServerLimits _limits;
    private readonly OpenAICompatibleOptions _endpoint;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _asking = new(1);
    private bool? _thinksInTemplate;

    private EndpointChatClient(EndpointClients clients, ServerLimits limits, OpenAICompatibleOptions endpoint, TimeProvider time)
        : base(clients.Chat) => (_clients, _limits, _endpoint, _time) = (clients, limits, endpoint, time);

    public static EndpointChatClient Create(OpenAICompatibleOptions options, TimeProvider? time = null)
    {
        var limits = new ServerLimits(options);
        return new EndpointChatClient(new EndpointClients(options, limits), limits, options, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatCapabilities)
            ? ChatCapabilities.None with { FunctionCalls = _endpoint.FunctionCalls }
            : base.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">No connection, or the server refused; the message says what to do.</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="NotSupportedException">The server's API does not have an option that is set.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in AnswerAsync([.. messages], options, mayStream: false, cancellationToken))
            updates.Add(update);
        return updates.ToChatResponse();
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        AnswerAsync([.. messages], options, mayStream: true, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _asking.Dispose();
        base.Dispose(disposing);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> AnswerAsync(
        ChatMessage[] messages, ChatOptions? options, bool mayStream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RefuseBudgets(options);
        var patience = new LoadPatience(_endpoint, _time);
        var remedies = new RefusalRemedies(_limits, _endpoint);
        while (true)
        {
            var request = await PrepareAsync(messages, options, mayStream, cancellationToken).ConfigureAwait(false);
            var hasBegun = false;
            await using var updates = Updates(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
            var again = false;
            while (!again)
            {
                ChatResponseUpdate? next = null;
                try
                {
                    next = await updates.MoveNextAsync().ConfigureAwait(false) ? request.Read(updates.Current) : null;
                }
                catch (Exception e) when (EndpointOutcome.Of(e) is { } outcome)
                {
                    next = outcome;
                }
                catch (Exception e) when (!hasBegun && !cancellationToken.IsCancellationRequested && EndpointFault.IsKnown(e))
                {
                    again = remedies.Apply(e, request) || await patience.WaitAsync(e, cancellationToken).ConfigureAwait(false);
                    if (!again)
                        throw remedies.Explain(e, request) ?? EndpointFault.Of(e, _endpoint);
                    continue;
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested && EndpointFault.IsKnown(e))
                {
                    throw EndpointFault.Of(e, _endpoint);
                }

                if (next is null)
                {
                    if (request.Close() is { } last)
                        yield return last;
                    yield break;
                }

                hasBegun = true;
                yield return next;
            }
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Updates(
        SentRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ReturnedThoughts.Set(request.Messages);
        if (request.Streams)
        {
            await foreach (var update in request.Client.GetStreamingResponseAsync(request.Messages, request.Options, cancellationToken)
                .ConfigureAwait(false))
                yield return update;
            yield break;
        }

        var response = await request.Client.GetResponseAsync(request.Messages, request.Options, cancellationToken).ConfigureAwait(false);
        if (request.UsesResponses)
            ResponsesOutcome.RefuseFailure(response);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }

    private async ValueTask<SentRequest> PrepareAsync(
        ChatMessage[] messages, ChatOptions? options, bool mayStream, CancellationToken cancellationToken)
    {
        var adapted = RequestAdapter.For(options, _limits, _endpoint);
        var usesResponses = _limits.UsesResponses;
        if (usesResponses)
            ResponsesFields.AddTo(adapted.Options);
        else
            ExtraFields.AddTo(adapted.Options, await ThinksInTemplateAsync(adapted.Options, cancellationToken).ConfigureAwait(false));
        var refusesBroken = _limits.Refuses(BrokenArguments.Name);
        return new SentRequest(usesResponses ? _clients.Responses : _clients.Chat, adapted, options ?? new())
        {
            Messages = usesResponses ? messages : BrokenArguments.Restore(messages, asObject: refusesBroken),
            BrokenArguments = usesResponses || !BrokenArguments.AreIn(messages) ? null : !refusesBroken,
            UsesResponses = usesResponses,
            TokenLimitName = _limits.TokenLimitName,
            Streams = mayStream && _limits.Streams,
        };
    }

    // The list of models is asked for once, and only when a request says how much to think.
    private async ValueTask<bool> ThinksInTemplateAsync(ChatOptions options, CancellationToken cancellationToken)
    {
        if (_endpoint.ThinkingField != ThinkingFields.Automatic || options.Reasoning?.Effort is null)
            return _endpoint.ThinkingField == ThinkingFields.Template;
        if (_thinksInTemplate is { } known)
            return known;
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _thinksInTemplate ??= await ModelsList.IsOfTemplateServerAsync(_endpoint, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _asking.Release();
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
}
