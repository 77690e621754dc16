using CognitiveTools.Llama.Sampling;

namespace CognitiveTools.Llama.Engine;

/// <summary>How a text is generated.</summary>
public sealed record GenerationOptions
{
    /// <summary>Tokens at most; <see langword="null"/>: until the context is full.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>How tokens are chosen.</summary>
    public SamplingOptions Sampling { get; init; } = SamplingOptions.Greedy;

    /// <summary>Texts at which generation ends; they are not part of the result.</summary>
    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>Goes on when the model ends its turn, so that measurements have a fixed length.</summary>
    internal bool IgnoresEndOfTurn { get; init; }
}
