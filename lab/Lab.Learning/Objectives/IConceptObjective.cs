using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>What a concept model learns, and how it predicts the next concept by it.</summary>
internal interface IConceptObjective : IObjective<ConceptModel>
{
    /// <summary>Positions of queries for each concept that is predicted.</summary>
    int Queries { get; }

    /// <summary>Predicts the next concept.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cache">All concepts so far; stays as it is.</param>
    /// <param name="hidden">The hidden state at the last of them, rows x width.</param>
    /// <param name="random">What is drawn.</param>
    /// <returns>Rows x code, standardised.</returns>
    torch.Tensor Next(ConceptModel network, GrowingCache cache, torch.Tensor hidden, SeededRandom random);
}
