using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>What a run minimises. Methods differ in this, and share everything else.</summary>
/// <typeparam name="TNetwork">Kind of network.</typeparam>
internal interface IObjective<in TNetwork>
{
    /// <summary>
    /// Parameters of the objective's own, learned with the network's. They are thrown away after the run unless it is
    /// <see cref="Product"/>.
    /// </summary>
    IReadOnlyList<ParameterVector> Parameters => [];

    /// <summary>What the run makes, when it is not the network: then the network's weights stay as they are.</summary>
    ILearnedFile? Product => null;

    /// <summary>The loss of a batch, a scalar that can be differentiated.</summary>
    /// <param name="network">The network that learns.</param>
    /// <param name="batch">The conversations.</param>
    /// <param name="random">For what the objective draws; fixed by the run's seed and the number of the step.</param>
    torch.Tensor Loss(TNetwork network, Batch batch, SeededRandom random);
}
