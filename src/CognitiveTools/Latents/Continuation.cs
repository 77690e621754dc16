using System.Text.Json.Serialization;

namespace CognitiveTools.Latents;

/// <summary>How a sequence generates text.</summary>
public sealed record ContinuationOptions
{
    /// <summary>The maximum number of tokens.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>
    /// Sampling temperature; 0 is greedy. <see langword="null"/> samples as the model's file recommends, or greedily if it has no
    /// recommendation.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public float? Temperature { get; init; }

    /// <summary>Seed of the sampler; unused when greedy.</summary>
    public int Seed { get; init; }

    /// <summary>Texts that end the generation; they are not part of the result.</summary>
    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>Whether to measure <see cref="Continuation.Margins"/>, at the cost of a pass over the vocabulary per token.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Margins { get; init; }

    /// <summary>Receives the text as it is generated, from any thread; may be <see langword="null"/>. An engine may ignore it.</summary>
    internal IProgress<ContinuationPiece>? TextObserver { get; init; }

    /// <summary>
    /// The turn so far, for a continuation whose thoughts are to be told from its visible text; <see langword="null"/>: all of it is
    /// visible. An engine without a format of thoughts ignores it.
    /// </summary>
    [JsonInclude]
    internal TurnSoFar? Turn { get; init; }
}

/// <summary>A piece of the text while it is generated.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsThought">Whether it is thought and not visible text.</param>
internal readonly record struct ContinuationPiece(string Text, bool IsThought);

/// <summary>The text that a sequence generated.</summary>
/// <param name="Text">The visible text.</param>
/// <param name="Tokens">The tokens, the end-of-turn token not included.</param>
/// <param name="End">Why it ended.</param>
public sealed record Continuation(string Text, IReadOnlyList<int> Tokens, GenerationEnd End)
{
    /// <summary>
    /// For each token the margin of the prediction it was chosen from (<see cref="TokenMargin"/>). Empty when it was not requested
    /// or the model does not support it, so callers compare the counts.
    /// </summary>
    public IReadOnlyList<double> Margins { get; init; } = [];

    /// <summary>The thoughts; empty without any, and without <see cref="ContinuationOptions.Turn"/>.</summary>
    [JsonInclude]
    internal string Thoughts { get; init; } = "";

    /// <summary>Of the tokens, those that belong to thoughts and their marks.</summary>
    [JsonInclude]
    internal int ThoughtTokens { get; init; }
}
