using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Elicitation;

/// <summary>Options of <see cref="CotDecoding"/>.</summary>
internal sealed record CotDecodingOptions
{
    /// <summary>The conversation for a question; in the paper without a request to reason.</summary>
    public required Func<Question, IReadOnlyList<ChatMessage>> Prompt { get; init; }

    /// <summary>The number of first tokens to follow, from 1 to the size of the vocabulary.</summary>
    /// <value>The default is 10, the paper's.</value>
    public int Branches { get; init; } = 10;

    /// <summary>How the answer is selected.</summary>
    /// <value>The default is <see cref="BranchSelection.Max"/>.</value>
    public BranchSelection Selection { get; init; }

    /// <summary>The control: confidences are means over the whole continuation, as in some implementations.</summary>
    /// <value>The default is <see langword="false"/>: over the answer's own tokens.</value>
    public bool OverWhole { get; init; }
}
