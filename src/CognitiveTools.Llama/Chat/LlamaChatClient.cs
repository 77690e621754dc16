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
    private ChatCapabilities Capabilities => new(Grammar: true)
    {
        Thinks = engine.Thoughts.Thinks,
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
        var (prompt, generation, calls) = Prepare(messages, options);
        Generation result;
        try
        {
            result = await engine.GenerateAsync(prompt, generation, cancellationToken).ConfigureAwait(false);
        }
        catch (ContextFullException)
        {
            result = Generation.ContextTooSmall;
        }

        var response = ChatAnswers.Response(result, _metadata.DefaultModelId);
        return calls is null ? response : CallAnswers.Read(response, calls);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option or a message cannot be honoured; the message names it.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (prompt, generation, calls) = Prepare(messages, options);
        if (prompt.Length >= engine.ContextLength)
        {
            yield return ChatAnswers.FinalUpdate(Generation.ContextTooSmall, _metadata.DefaultModelId);
            yield break;
        }

        var updates = StreamAsync(prompt, generation, cancellationToken);
        await foreach (var update in (calls is null ? updates : CallAnswers.ReadAsync(updates, calls)).ConfigureAwait(false))
            yield return update;
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

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        int[] prompt, GenerationOptions generation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var piece in engine.StreamAsync(prompt, generation, cancellationToken).ConfigureAwait(false))
        {
            yield return piece.Result is { } result
                ? ChatAnswers.FinalUpdate(result, _metadata.DefaultModelId)
                : ChatAnswers.Update(piece, _metadata.DefaultModelId);
        }
    }

    private (int[] Prompt, GenerationOptions Options, CallPlan? Calls) Prepare(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var generation = GenerationOptionsReader.Read(options, _metadata.DefaultModelId);
        var settings = engine.Thoughts.SettingsFor(PromptSettings.Of(options));
        var conversation = ChatAnswers.WithInstructions(messages, options);
        if (settings.Functions.Count == 0)
            return (engine.Model.Tokenizer.EncodeChat(conversation, settings), generation, null);
        var (plan, prompt) = CallPlan.Make(engine.Model.Tokenizer, conversation, settings, ref generation);
        return (prompt, generation, plan);
    }
}
