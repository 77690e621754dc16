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

    /// <summary>Tokens of a conversation in the model's chat format, with the text that the answer begins with.</summary>
    /// <param name="conversation">The conversation; contents are data, never special tokens.</param>
    /// <param name="answerStart">A text that the answer must begin with; may be empty.</param>
    int[] Encode(IEnumerable<ChatMessage> conversation, string answerStart);

    /// <summary>Generates from a prompt; only the rows of this text are steered.</summary>
    /// <param name="prompt">At least one token.</param>
    /// <param name="options">How the text is generated.</param>
    /// <param name="plan">Directions and strengths; <see langword="null"/> for no steering.</param>
    /// <param name="cancellationToken">The caller's cancellation.</param>
    Task<SteeredText> GenerateAsync(
        ReadOnlyMemory<int> prompt, ContinuationOptions options, SteeringPlan? plan, CancellationToken cancellationToken = default);
}
