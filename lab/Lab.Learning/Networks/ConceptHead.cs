namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>How a concept model predicts the next concept.</summary>
internal enum ConceptHead
{
    /// <summary>A vector, read off the position before it.</summary>
    Regression,

    /// <summary>A vector, from noise step by step.</summary>
    Diffusion,

    /// <summary>One entry of each of some codebooks, whose sum is the vector.</summary>
    Quantised,
}
