using CognitiveTools.Latents;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Steering;

/// <summary>A model whose residual stream can be changed after its layers during generation. Thread-safe.</summary>
internal interface ISteerableModel
{
    /// <summary>The model's file or name, for messages.</summary>
    string Name { get; }

    /// <summary>Width of the residual stream in floats.</summary>
    int LayerWidth { get; }

    /// <summary>The number of layers; all but layer 0 can be steered.</summary>
    int LayerCount { get; }

    /// <summary>Tokens of a conversation in the model's chat format; contents are data, never special tokens.</summary>
    int[] Encode(IEnumerable<ChatMessage> conversation);

    /// <summary>Tokens of a text that a turn must begin with; none of an empty one.</summary>
    int[] EncodeStart(string text);

    /// <inheritdoc cref="ILatentModel.Separate"/>
    SeparatedText? Separate(TurnSoFar turn, bool isEnd);

    /// <summary>Generates from a prompt; only the rows of this text are steered.</summary>
    /// <param name="prompt">At least one token, those with which the turn begins included.</param>
    /// <param name="options">How the text is generated.</param>
    /// <param name="plan">Directions and strengths; <see langword="null"/> for no steering.</param>
    /// <param name="cancellationToken">The caller's cancellation.</param>
    Task<SteeredText> GenerateAsync(
        ReadOnlyMemory<int> prompt, ContinuationOptions options, SteeringPlan? plan, CancellationToken cancellationToken = default);
}
