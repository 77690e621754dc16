namespace CognitiveTools.Latents;

/// <summary>How a sequence goes on verbally.</summary>
public sealed record ContinuationOptions
{
    /// <summary>Tokens to generate at most.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Sampling temperature; 0 is greedy.</summary>
    public float Temperature { get; init; }

    /// <summary>Seed of the sampler; unused when greedy.</summary>
    public int Seed { get; init; }

    /// <summary>Texts at which generation ends; the text itself is not part of the result.</summary>
    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>Whether <see cref="Continuation.Margins"/> is wanted; it costs a pass over the vocabulary per token.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Margins { get; init; }
}

/// <summary>A verbal continuation.</summary>
/// <param name="Text">The visible text.</param>
/// <param name="Tokens">The tokens, the end-of-turn token not included.</param>
/// <param name="End">Why it ended.</param>
public sealed record Continuation(string Text, IReadOnlyList<int> Tokens, GenerationEnd End)
{
    /// <summary>
    /// For each token the margin of the prediction it was chosen from (<see cref="TokenMargin"/>). Empty when not asked for;
    /// a model that cannot say leaves it empty too, so the caller compares the counts.
    /// </summary>
    public IReadOnlyList<double> Margins { get; init; } = [];
}
