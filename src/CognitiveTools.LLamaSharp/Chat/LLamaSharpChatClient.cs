using System.Runtime.CompilerServices;
using CognitiveTools.Chat;
using LLama;
using LLama.Abstractions;
using Microsoft.Extensions.AI;

namespace CognitiveTools.LLamaSharp.Chat;

/// <summary>
/// Chat with a model that an app has loaded through LLamaSharp: the conversation is rendered with the model's own template, and
/// every call starts from an empty context, as isolated tool calls need it.
/// </summary>
/// <remarks>
/// <para>
/// Temperature, TopK, TopP, PresencePenalty (on the tokens of the answer), Seed, MaxOutputTokens, StopSequences and
/// <see cref="ChatOptionKeys.MinP"/> are honoured; any other option is refused, never ignored, Reasoning among them: LLamaSharp cannot
/// tell a model how much to think. Without a temperature the answer is greedy, without a seed the seed is 0. Answers carry
/// token counts and the finish reason. A conversation that does not fit into the context ends with
/// <see cref="ChatOptionKeys.ContextFull"/>; LLamaSharp itself would drop its beginning.
/// </para>
/// <para>
/// Thread-safe: an executor serves one call at a time, so calls wait for each other. The app owns executor and weights, which are
/// not disposed with the client. When a message's text contains the name of a special token, the client inserts a
/// zero-width space, because LLamaSharp would read the name as that token.
/// </para>
/// </remarks>
public sealed class LLamaSharpChatClient : IChatClient
{
    private readonly ILLamaExecutor _executor;
    private readonly ExecutorPrompt _prompt;
    private readonly ChatClientMetadata _metadata;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly int _contextLength;

    /// <summary>Makes a client of an executor.</summary>
    /// <param name="executor">
    /// An executor without conversation state: <see cref="StatelessExecutor"/> with <c>ApplyTemplate</c> off.
    /// </param>
    /// <param name="weights">The weights that the executor was made from.</param>
    /// <param name="parameters">The parameters of the executor, which have the length of its context.</param>
    /// <exception cref="NotSupportedException">
    /// The executor keeps its conversation, or llama.cpp cannot apply the model's chat template.
    /// </exception>
    public LLamaSharpChatClient(ILLamaExecutor executor, LLamaWeights weights, IContextParams parameters)
    {
        ArgumentNullException.ThrowIfNull(executor);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(parameters);
        if (executor is StatefulExecutorBase)
            throw new NotSupportedException(
                $"{executor.GetType().Name} keeps its conversation, so that one call would see another. "
                + "Use StatelessExecutor on the same weights.");
        if (executor is StatelessExecutor { ApplyTemplate: true })
            throw new NotSupportedException(
                "The executor applies the chat template by itself, and this client does so too. "
                + "Leave StatelessExecutor.ApplyTemplate off.");
        _executor = executor;
        _contextLength = (int)(parameters.ContextSize ?? (uint)weights.ContextSize);
        _prompt = new(weights);
        _metadata = new("llama.cpp (LLamaSharp)", providerUri: null, weights.Metadata.GetValueOrDefault("general.name"));
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option or a message cannot be honoured; the message names it.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => await GetStreamingResponseAsync(messages, options, cancellationToken)
            .ToChatResponseAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option or a message cannot be honoured; the message names it.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var text = _prompt.Render(messages, options);
        var promptLength = _prompt.Count(text);
        var room = _contextLength - promptLength;
        var request = ExecutorOptions.Read(options, _metadata.DefaultModelId, room);
        var stops = new StopText(request.AntiPrompts);
        var tokens = 0;

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (room > 0)
            {
                await foreach (var piece in _executor.InferAsync(text, request, cancellationToken).ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested(); // a cancelled executor ends early without an exception
                    tokens++;
                    if (stops.Add(piece) is { Length: > 0 } certain)
                        yield return Update(new TextContent(certain));
                    if (stops.IsFound)
                        break;
                }
            }
        }
        finally
        {
            _turn.Release();
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (stops.Rest() is { Length: > 0 } rest)
            yield return Update(new TextContent(rest));
        var isCut = !stops.IsFound && tokens >= request.MaxTokens;
        var last = Update(
            new UsageContent(new() { InputTokenCount = promptLength, OutputTokenCount = tokens, TotalTokenCount = promptLength + tokens }));
        last.FinishReason = isCut ? ChatFinishReason.Length : ChatFinishReason.Stop;
        if (isCut && tokens >= room)
            last.AdditionalProperties = new() { [ChatOptionKeys.ContextFull] = true };
        yield return last;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(_executor) ? _executor
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Frees the client's lock; the app owns executor and weights.</summary>
    public void Dispose() => _turn.Dispose();

    private ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]) { ModelId = _metadata.DefaultModelId };
}
