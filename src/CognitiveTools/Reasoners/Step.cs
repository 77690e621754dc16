using System.Text.Json.Serialization;

namespace CognitiveTools.Reasoners;

/// <summary>One step of a trace: something said, a tool called, or a latent thought.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Called), "called")]
[JsonDerivedType(typeof(Thought), "thought")]
[JsonDerivedType(typeof(Branch), "branch")]
public abstract record Step;

/// <summary>Text the model produced in its main context.</summary>
/// <param name="Text">The text, as produced.</param>
public sealed record Said(string Text) : Step;

/// <summary>An isolated tool call and what came of it.</summary>
/// <param name="Tool">The tool's name as the model wrote it.</param>
/// <param name="Arguments">The arguments handed to the tool, after validation and binding, as JSON.</param>
/// <param name="Outcome">The outcome's name, for instance <c>Answered</c> or <c>Refused</c>.</param>
/// <param name="Observation">The text that entered the main context, unfenced.</param>
public sealed record Called(string Tool, string Arguments, string Outcome, string Observation) : Step
{
    /// <summary>Positions the call spent.</summary>
    public Usage Usage { get; init; } = Usage.None;

    /// <summary>
    /// Whether the tool's verdict accepts what it was given to judge; <see langword="null"/> when it gave none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Accepts { get; init; }

    /// <summary>What was repaired, ignored or broken about the call or its output; empty when nothing was.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One latent step: an input that is no visible token.</summary>
/// <param name="Index">Zero-based index among the thoughts of this solve.</param>
/// <param name="Kind">What was fed in: <c>embedding</c>, <c>token</c>.</param>
/// <param name="Norm">Euclidean norm of the embedding fed in; 0 for a token.</param>
/// <param name="Entropy">Entropy in nats of the prediction the thought was made from.</param>
/// <param name="Nearest">The most probable tokens of that prediction, best first, as text with probability.</param>
public sealed record Thought(int Index, string Kind, double Norm, double Entropy, IReadOnlyList<TokenShare> Nearest) : Step;

/// <summary>One of several continuations of the same prompt.</summary>
/// <param name="Rank">Zero-based rank of its first token among the choices at that position.</param>
/// <param name="First">The first token, with its probability.</param>
/// <param name="Text">The whole continuation, as produced.</param>
/// <param name="Answer">The normalised answer read from it; <see langword="null"/> when it gives none.</param>
/// <param name="Confidence">Confidence in the answer between 0 and 1; <see langword="null"/> when there is no answer.</param>
/// <param name="Chosen">Whether the solve's answer is this continuation.</param>
public sealed record Branch(int Rank, TokenShare First, string Text, string? Answer, double? Confidence, bool Chosen) : Step
{
    /// <summary>Tokens of the continuation.</summary>
    public int Tokens { get; init; }
}

/// <summary>A token's text and its probability.</summary>
/// <param name="Text">The token as text.</param>
/// <param name="Probability">Probability between 0 and 1.</param>
public readonly record struct TokenShare(string Text, double Probability);
