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
    public int[] Encode(IEnumerable<ChatMessage> conversation) => engine.Model.Tokenizer.EncodeChat(conversation);

    /// <inheritdoc/>
    public int[] EncodeStart(string text) => text.Length > 0 ? engine.Model.Tokenizer.EncodeContinuation(text) : [];

    /// <inheritdoc/>
    public SeparatedText? Separate(TurnSoFar turn, bool isEnd) => engine.Thoughts.Separate(turn, isEnd);

    /// <inheritdoc/>
    public async Task<SteeredText> GenerateAsync(
        ReadOnlyMemory<int> prompt, ContinuationOptions options, SteeringPlan? plan, CancellationToken cancellationToken = default)
    {
        var generation = await engine.GenerateAsync(
            prompt, engine.Thoughts.OptionsOf(options) with { Steering = plan }, cancellationToken).ConfigureAwait(false);
        return new(generation.ToContinuation(), generation.PromptLength, generation.Cached);
    }
}
