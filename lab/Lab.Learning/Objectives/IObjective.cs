using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>What a run minimises. Methods differ in this, and share everything else.</summary>
/// <typeparam name="TNetwork">Kind of network.</typeparam>
internal interface IObjective<in TNetwork>
{
    /// <summary>Parameters of the objective's own, learned with the network's and thrown away after the run.</summary>
    IReadOnlyList<ParameterVector> Parameters => [];

    /// <summary>The loss of a batch, a scalar that can be differentiated.</summary>
    /// <param name="network">The network that learns.</param>
    /// <param name="batch">The conversations.</param>
    /// <param name="random">For what the objective draws; fixed by the run's seed and the number of the step.</param>
    torch.Tensor Loss(TNetwork network, Batch batch, SeededRandom random);
}
