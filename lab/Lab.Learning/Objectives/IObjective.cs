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

    /// <summary>
    /// The losses of a batch, after each of which the weights change: <see cref="Loss"/> alone, unless the objective supervises the network
    /// several times on its way. What one loss holds is given back when the next is asked for.
    /// </summary>
    /// <inheritdoc cref="Loss"/>
    IEnumerable<torch.Tensor> Losses(TNetwork network, Batch batch, SeededRandom random) => [Loss(network, batch, random)];
}
