using System.Runtime.CompilerServices;
using CognitiveTools.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Chat;

/// <summary>
/// Chat with a local model. Temperature, TopK, TopP, PresencePenalty, Seed, MaxOutputTokens, StopSequences, Reasoning (by the
/// variables of the model's chat template), ResponseFormat (JSON, with the schemas of <see cref="JsonSchemaGrammar"/>), Tools (functions),
/// ToolMode, AllowMultipleToolCalls and the keys of <see cref="ChatOptionKeys"/> are honoured; any other option is refused, never
/// ignored. Without a temperature the model samples as its file recommends (<c>general.sampling.*</c>), or greedily if the file has no
/// temperature; without a seed the seed is 0.
/// Thread-safe; the engine is not disposed with the client.
/// </summary>
public sealed class LlamaChatClient(LlamaEngine engine) : IChatClient
{
    private ChatCapabilities Capabilities => new(Grammar: true)
    {
        Thinks = engine.Thoughts.Thinks,
        ThinksInLevels = engine.Thoughts.HasLevels,
        ThinksUntilAnswer = engine.Thoughts.EndsAtAnswer,
        ThoughtBudgets = true,
        CountsPartialWork = true,
        Batches = !engine.Deterministic,
    };

    private readonly ChatClientMetadata _metadata = new("llama.cpp", providerUri: null, Path.GetFileName(engine.Model.Path));

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option or a message cannot be honoured; the message names it.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (conversation, settings, generation) = Read(messages, options);
        return ChatAnswers.Response(
            await ChatTurn.AnswerAsync(engine, conversation, settings, generation, cancellationToken).ConfigureAwait(false),
            _metadata.DefaultModelId);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option or a message cannot be honoured; the message names it.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (conversation, settings, generation) = Read(messages, options);
        await foreach (var piece in ChatTurn.StreamAsync(engine, conversation, settings, generation, cancellationToken)
            .ConfigureAwait(false))
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
            : serviceType.IsInstanceOfType(engine) ? engine
            : serviceType.IsInstanceOfType(engine.Model) ? engine.Model
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the caller owns the engine.</summary>
    public void Dispose()
    {
    }

    private (IEnumerable<ChatMessage> Messages, PromptSettings Settings, GenerationOptions Options) Read(
        IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return (ChatAnswers.WithInstructions(messages, options), PromptSettings.Of(options),
            GenerationOptionsReader.Read(options, _metadata.DefaultModelId));
    }
}
