using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CognitiveTools.Chat;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// Chat with the model of a worker, options as in <see cref="LlamaChatClient"/>. Requests that have not produced output when the process
/// ends are retried, others fail. Thread-safe; the worker is not disposed with the client.
/// </summary>
internal sealed class LlamaWorkerClient(LlamaWorker worker) : IChatClient
{
    private ChatCapabilities Capabilities => new(Grammar: true)
    {
        Thinks = worker.Thinks,
        ThinksInLevels = worker.ThinksInLevels,
        ThinksUntilAnswer = worker.ThinksUntilAnswer,
        ThoughtBudgets = true,
        CountsPartialWork = true,
        Batches = !worker.IsDeterministic,
    };

    private readonly ChatClientMetadata _metadata = new("llama.cpp", providerUri: null, worker.ModelName);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option or a message cannot be honoured; the message names it.</exception>
    /// <exception cref="LlamaWorkerException">The process ended at each attempt.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatResult? result = null;
        await foreach (var piece in AskAsync(Question(messages, options, streams: false), cancellationToken).ConfigureAwait(false))
            result = piece.Result;
        return ChatAnswers.Response(result!, _metadata.DefaultModelId);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option or a message cannot be honoured; the message names it.</exception>
    /// <exception cref="LlamaWorkerException">The process ended after a part of the text had been returned.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var piece in AskAsync(Question(messages, options, streams: true), cancellationToken).ConfigureAwait(false))
        {
            foreach (var update in ChatAnswers.Updates(piece, _metadata.DefaultModelId))
                yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(ChatCapabilities) ? Capabilities
            : serviceType.IsInstanceOfType(worker) ? worker
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the caller owns the worker.</summary>
    public void Dispose()
    {
    }

    private ChatCall Question(IEnumerable<ChatMessage> messages, ChatOptions? options, bool streams)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var generation = GenerationOptionsReader.Read(options, _metadata.DefaultModelId);
        return new(WorkerJson.Write(ChatAnswers.WithInstructions(messages, options)), PromptSettings.Of(options), generation, streams);
    }

    private async IAsyncEnumerable<ChatPiece> AskAsync(
        ChatCall question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasGiven = false;
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var process = await worker.RunningAsync(cancellationToken).ConfigureAwait(false);
            var pieces = Channel.CreateUnbounded<TextPiece>(new() { SingleReader = true });
            var answer = process.CallAsync(question, pieces: pieces.Writer, cancellationToken: abandoned.Token);
            var isRead = false;
            try
            {
                await foreach (var piece in pieces.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                {
                    hasGiven = true;
                    yield return new(piece.Text, piece.IsThought);
                }

                isRead = true;
            }
            finally
            {
                if (!isRead)
                    await abandoned.CancelAsync().ConfigureAwait(false);
            }

            ChatResult result;
            try
            {
                (result, _) = await answer.ConfigureAwait(false);
            }
            catch (LlamaWorkerException) when (!hasGiven && attempt < worker.Attempts)
            {
                continue; // retry with another process
            }

            yield return new("", IsThought: false, result);
            yield break;
        }
    }
}
