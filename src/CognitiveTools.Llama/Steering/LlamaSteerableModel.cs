using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Steering;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Steering;

/// <summary>An engine's model as an <see cref="ISteerableModel"/>. The caller owns the engine. Thread-safe.</summary>
/// <param name="engine">The engine.</param>
internal sealed class LlamaSteerableModel(LlamaEngine engine) : ISteerableModel
{
    /// <inheritdoc/>
    public string Name => engine.Model.Path;

    /// <inheritdoc/>
    public int LayerWidth => engine.Model.LayerWidth;

    /// <inheritdoc/>
    public int LayerCount => engine.Model.LayerCount;

    /// <inheritdoc/>
    public int[] Encode(IEnumerable<ChatMessage> conversation, string answerStart)
    {
        var tokenizer = engine.Model.Tokenizer;
        return [.. tokenizer.EncodeChat(conversation), .. answerStart.Length > 0 ? tokenizer.EncodeContinuation(answerStart) : []];
    }

    /// <inheritdoc/>
    public async Task<SteeredText> GenerateAsync(
        ReadOnlyMemory<int> prompt, ContinuationOptions options, SteeringPlan? plan, CancellationToken cancellationToken = default)
    {
        var generation = await engine.GenerateAsync(
            prompt, GenerationOptions.Of(options) with { Steering = plan }, cancellationToken).ConfigureAwait(false);
        return new(generation.ToContinuation(), generation.PromptLength, generation.Cached);
    }
}
