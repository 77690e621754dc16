using System.Runtime.CompilerServices;
using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Chat;

/// <summary>
/// Chat with a local model. Temperature, TopK, TopP, PresencePenalty, Seed, MaxOutputTokens, StopSequences, Reasoning (by the
/// variables of the model's chat template), ResponseFormat (JSON, with the schemas of <see cref="JsonSchemaGrammar"/>) and the keys of
/// <see cref="ChatOptionKeys"/> are honoured; any other option is refused, never ignored. Without a temperature the model samples as
/// its file recommends (<c>general.sampling.*</c>), or greedily if the file has no temperature; without a seed the seed is 0.
/// Thread-safe; the engine is not disposed with the client.
/// </summary>
public sealed class LlamaChatClient(LlamaEngine engine) : IChatClient
{
    private readonly ChatCapabilities _capabilities = new(Grammar: true) { CountsPartialWork = true, Batches = !engine.Deterministic };

    private readonly ChatClientMetadata _metadata = new("llama.cpp", providerUri: null, Path.GetFileName(engine.Model.Path));

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option or a message cannot be honoured; the message names it.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (prompt, generation) = Prepare(messages, options);
        Generation result;
        try
        {
            result = await engine.GenerateAsync(prompt, generation, cancellationToken).ConfigureAwait(false);
        }
        catch (ContextFullException)
        {
            result = Generation.ContextTooSmall;
        }

        return ChatAnswers.Response(result, _metadata.DefaultModelId);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option or a message cannot be honoured; the message names it.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (prompt, generation) = Prepare(messages, options);
        if (prompt.Length >= engine.ContextLength)
        {
            yield return ChatAnswers.FinalUpdate(Generation.ContextTooSmall, _metadata.DefaultModelId);
            yield break;
        }

        await foreach (var piece in engine.StreamAsync(prompt, generation, cancellationToken).ConfigureAwait(false))
        {
            yield return piece.Result is { } result
                ? ChatAnswers.FinalUpdate(result, _metadata.DefaultModelId)
                : ChatAnswers.Update(piece.Text, _metadata.DefaultModelId);
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(ChatCapabilities) ? _capabilities
            : serviceType.IsInstanceOfType(engine) ? engine
            : serviceType.IsInstanceOfType(engine.Model) ? engine.Model
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the caller owns the engine.</summary>
    public void Dispose()
    {
    }

    private (int[] Prompt, GenerationOptions Options) Prepare(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var generation = GenerationOptionsReader.Read(options, _metadata.DefaultModelId);
        var settings = PromptSettings.Of(options);
        return (engine.Model.Tokenizer.EncodeChat(ChatAnswers.WithInstructions(messages, options), settings), generation);
    }
}
