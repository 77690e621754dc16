using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Elicitation;

/// <summary>How <see cref="CotDecoding"/> asks, how wide it looks, and what it takes.</summary>
public sealed record CotDecodingOptions
{
    /// <summary>The conversation put to the model for a question; in the paper one without a request to reason.</summary>
    public required Func<Question, IReadOnlyList<ChatMessage>> Prompt { get; init; }

    /// <summary>First tokens that are followed, at least 1; no more than the vocabulary has.</summary>
    /// <value>The default is 10, the paper's.</value>
    public int Branches { get; init; } = 10;

    /// <summary>How the answer is taken.</summary>
    /// <value>The default is <see cref="BranchSelection.Max"/>.</value>
    public BranchSelection Selection { get; init; }

    /// <summary>The control: confidences are means over the whole continuation, as some implementations take them.</summary>
    /// <value>The default is <see langword="false"/>: over the answer's own tokens.</value>
    public bool OverWhole { get; init; }
}
