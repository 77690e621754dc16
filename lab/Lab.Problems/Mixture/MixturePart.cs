namespace CognitiveTools.Lab.Problems.Mixture;

/// <summary>The two files of a mixture.</summary>
internal enum MixturePart
{
    /// <summary>What is learned.</summary>
    Records,

    /// <summary>What is asked.</summary>
    Queries,
}
