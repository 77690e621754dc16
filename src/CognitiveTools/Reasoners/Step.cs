using System.Text.Json.Serialization;

namespace CognitiveTools.Reasoners;

/// <summary>One step of a trace.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Called), "called")]
[JsonDerivedType(typeof(Thought), "thought")]
[JsonDerivedType(typeof(Branch), "branch")]
[JsonDerivedType(typeof(Agreement), "agreement")]
public abstract record Step;

/// <summary>Text the model produced in its main context.</summary>
/// <param name="Text">The text, as produced.</param>
public sealed record Said(string Text) : Step
{
    /// <summary>Thoughts that the client returned separately from the text; <see langword="null"/> without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Thoughts { get; init; }
}

/// <summary>An isolated tool call and its result.</summary>
/// <param name="Tool">The tool's name as the model wrote it.</param>
/// <param name="Arguments">The tool's arguments after validation and binding, as JSON.</param>
/// <param name="Outcome">The outcome's name, for instance <c>Answered</c> or <c>Refused</c>.</param>
/// <param name="Observation">The text that entered the main context, unfenced.</param>
public sealed record Called(string Tool, string Arguments, string Outcome, string Observation) : Step
{
    /// <summary>Positions the call spent.</summary>
    public Usage Usage { get; init; } = Usage.None;

    /// <summary>
    /// Whether the tool's verdict accepts what it judged; <see langword="null"/> without a verdict.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Accepts { get; init; }

    /// <summary>Repairs, ignored parts and broken contracts of the call and its output.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One latent step: an input other than a visible token.</summary>
/// <param name="Index">Zero-based index among the thoughts of this solve.</param>
/// <param name="Kind">What was fed in: <c>embedding</c>, <c>token</c>.</param>
/// <param name="Norm">Euclidean norm of the embedding fed in; 0 for a token.</param>
/// <param name="Entropy">Entropy in nats of the prediction the thought was made from.</param>
/// <param name="Nearest">The most probable tokens of that prediction, best first, as text with probability.</param>
public sealed record Thought(int Index, string Kind, double Norm, double Entropy, IReadOnlyList<TokenShare> Nearest) : Step
{
    /// <summary>
    /// Of a mixture of embeddings: 1 minus the weight of the most probable token, 0 for that token alone;
    /// <see langword="null"/> for anything else.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Spread { get; init; }

    /// <summary>
    /// What an interpreter reads from the thought (arXiv 2501.19201), by what it gets in the place of the thought: <c>own</c>, the hidden
    /// state; <c>none</c>, nothing but the token; <c>other</c>, the hidden state of another question. <see langword="null"/> for a thought
    /// that is not read.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Readings { get; init; }
}

/// <summary>A token's text and its probability.</summary>
/// <param name="Text">The token as text.</param>
/// <param name="Probability">Probability between 0 and 1.</param>
public readonly record struct TokenShare(string Text, double Probability);

/// <summary>One of several solves of the same question: a sample of a vote, a latent trajectory, or a path of CoT-decoding.</summary>
/// <param name="Index">Zero-based index; the seed of a sample derives from it, and a path's is the rank of its first token.</param>
/// <param name="Text">The text with its answer.</param>
/// <param name="Chosen">Whether this one is the result.</param>
public sealed record Branch(int Index, string Text, bool Chosen) : Step
{
    /// <summary>
    /// Mean over the tokens of the answer of the margin between the two most probable tokens (arXiv 2402.10200), or what the value head
    /// of a recursive model says (arXiv 2605.19376); <see langword="null"/> when it was not measured.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Confidence { get; init; }

    /// <summary>The prescribed first token of a path of CoT-decoding; <see langword="null"/> for anything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TokenShare? First { get; init; }

    /// <summary>The normalised answer, when the choice depended on it; <see langword="null"/> without an answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Answer { get; init; }

    /// <summary>Tokens of a path of CoT-decoding; <see langword="null"/> for anything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Tokens { get; init; }
}

/// <summary>How far the thoughts of a mixture were from greedy decoding of the same prompt (arXiv 2508.03440).</summary>
/// <param name="Thoughts">Thoughts compared.</param>
/// <param name="Identical">Of these, thoughts whose most probable token is the token of greedy decoding at the same place.</param>
/// <param name="Spread">Mean of <see cref="Thought.Spread"/>; 0 when no mixture was fed.</param>
public sealed record Agreement(int Thoughts, int Identical, double Spread) : Step;
