using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// HRM-Text at varied depth: every batch goes through the stacks as often as a pair drawn from a list says, with gradients through all
/// passes. A list of one pair trains a fixed depth. Answer and values on the way are learned as in <see cref="RecurrentDepth"/>, within the
/// chat format that the engine's arms use.
/// </summary>
/// <param name="rows">Reads the rows.</param>
/// <param name="cycles">Pairs of high and low cycles.</param>
/// <param name="values">Weight of the values on the way.</param>
internal sealed class HrmCycles(DirectRows rows, IReadOnlyList<(int High, int Low)> cycles, double values) : IDepthObjective<HrmText>
{
    private static readonly (int High, int Low)[] Measured = [(1, 1), (1, 2), (2, 1), (2, 2), (3, 2), (4, 2), (8, 2), (2, 4)];

    /// <inheritdoc/>
    public DirectRows Rows => rows;

    /// <inheritdoc/>
    public Tensor Loss(HrmText network, Batch batch, SeededRandom random)
    {
        var laid = new DirectBatch(rows, batch.File, batch.Rows, network.Device);
        var (high, low) = random.Pick(cycles);
        return laid.Loss(network, network.Forward(laid.Ids, high, low), values);
    }

    /// <inheritdoc/>
    public IEnumerable<(string Depth, Tensor Hidden)> Measure(HrmText network, Tensor ids, SeededRandom random) =>
        Measured.Select(cycle => ($"{cycle.High},{cycle.Low}", network.Forward(ids, cycle.High, cycle.Low)));
}
