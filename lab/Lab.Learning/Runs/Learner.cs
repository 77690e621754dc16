using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Randomness;
using TorchSharp;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>Network, objective and course of a run, whatever the kind of network.</summary>
internal interface ILearner : IDisposable
{
    /// <summary>The network that learns.</summary>
    INetwork Network { get; }

    /// <summary>What it learns when.</summary>
    ICourse Course { get; }

    /// <summary>All that is learned: the network's parameters, then the objective's own.</summary>
    IReadOnlyList<ParameterVector> Parameters { get; }

    /// <summary>What the run makes, when it is not the network's weights.</summary>
    ILearnedFile? Product { get; }

    /// <inheritdoc cref="IObjective{TNetwork}.Losses"/>
    IEnumerable<torch.Tensor> Losses(Batch batch, SeededRandom random);

    /// <inheritdoc cref="ICourse{TNetwork}.Describe"/>
    JsonObject Describe();

    /// <inheritdoc cref="ICourse{TNetwork}.Report"/>
    JsonObject Report(double loss);
}

/// <summary>A learner with one kind of network.</summary>
/// <param name="network">The network that learns; disposed with this.</param>
/// <param name="objective">What is minimised; its parameters are disposed with this.</param>
/// <param name="course">What is learned when.</param>
/// <param name="tuning">What is learned in place of the network's weights; disposed with this.</param>
internal sealed class Learner<TNetwork>(
    TNetwork network, IObjective<TNetwork> objective, ICourse<TNetwork> course, ITuning? tuning = null) : ILearner
    where TNetwork : INetwork
{
    /// <inheritdoc/>
    public INetwork Network => network;

    /// <inheritdoc/>
    public ICourse Course => course;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterVector> Parameters { get; } = tuning is not null ? [tuning.Parameters, .. objective.Parameters]
        : objective.Product is not null ? objective.Parameters
        : [network.Parameters, .. objective.Parameters];

    /// <inheritdoc/>
    public ILearnedFile? Product => tuning ?? objective.Product;

    /// <inheritdoc/>
    public IEnumerable<torch.Tensor> Losses(Batch batch, SeededRandom random) => objective.Losses(network, batch, random);

    /// <inheritdoc/>
    public JsonObject Describe() => course.Describe(network);

    /// <inheritdoc/>
    public JsonObject Report(double loss) => course.Report(network, loss);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var own in objective.Parameters)
            own.Dispose();
        tuning?.Dispose();
        network.Dispose();
    }
}
