namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>The three parts that the paper scores apart.</summary>
/// <param name="Reasoning">The think part. Says nothing about a latent arm, which shows none.</param>
/// <param name="Answer">The answer.</param>
/// <param name="FullChain">Both, one after the other.</param>
internal readonly record struct AlchemyScore(ChainScore Reasoning, ChainScore Answer, ChainScore FullChain);
