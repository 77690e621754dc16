using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// Recurrent depth (Geiping et al. 2025, arXiv 2502.05171): the core is applied r times, r drawn for every batch,
/// <c>r = 1 + Poisson(lambda), ln lambda ~ N(ln m - s^2 / 2, s^2)</c> with s = 1/2, and gradients flow through the last applications
/// alone. The model answers at once; beside the answer, the position of every operation learns the value behind it, one signal for each
/// operation in place of one for each problem.
/// </summary>
/// <param name="rows">Reads the rows.</param>
/// <param name="mean">m, near the mean of the applications; 0 for a core that is always applied once (the fixed-depth twin).</param>
/// <param name="backprop">Applications that gradients flow through.</param>
/// <param name="values">Weight of the values on the way.</param>
internal sealed class RecurrentDepth(DirectRows rows, int mean, int backprop, double values) : IDepthObjective<RecurrentDecoder>
{
    private const double Spread = 0.5;

    private static readonly int[] Measured = [1, 2, 4, 8, 16, 32];

    /// <inheritdoc/>
    public DirectRows Rows => rows;

    /// <inheritdoc/>
    public Tensor Loss(RecurrentDecoder network, Batch batch, SeededRandom random) => Loss(network, batch, random, Draw(random));

    /// <summary>The loss with so many applications.</summary>
    internal Tensor Loss(RecurrentDecoder network, Batch batch, SeededRandom random, int applications)
    {
        var laid = new DirectBatch(rows, batch.File, batch.Rows, network.Device);
        var bias = network.Bias(laid.Ids.shape[1]);
        var e = network.Prelude(laid.Ids, bias);
        var state = network.Start(e, random);
        using (no_grad())
        {
            for (var i = backprop; i < applications; i++)
                state = network.Step(state, e, bias);
        }

        for (var i = 0; i < Math.Min(applications, backprop); i++)
            state = network.Step(state, e, bias);
        return laid.Loss(network, network.Hidden(state, bias), values);
    }

    /// <inheritdoc/>
    public IEnumerable<(string Depth, Tensor Hidden)> Measure(RecurrentDecoder network, Tensor ids, SeededRandom random)
    {
        var bias = network.Bias(ids.shape[1]);
        var e = network.Prelude(ids, bias);
        var state = network.Start(e, random);
        var depths = mean == 0 ? [1] : Measured;
        for (var depth = 1; depth <= depths[^1]; depth++)
        {
            // Without a scope of their own, what the steps leave behind adds up.
            using (NewDisposeScope())
                state = network.Step(state, e, bias).MoveToOuterDisposeScope();
            if (depths.Contains(depth))
                yield return ($"{depth}", network.Hidden(state, bias));
        }
    }

    /// <summary>Applications for one batch.</summary>
    internal int Draw(SeededRandom random)
    {
        if (mean == 0)
            return 1;
        var lambda = Math.Exp(Math.Log(mean) - Spread * Spread / 2 + Spread * SeededRandom.Normal(random));
        // Knuth: events until the product of uniform numbers falls below e^-lambda.
        var (events, product, least) = (0, random.NextDouble(), Math.Exp(-lambda));
        for (; product > least; events++)
            product *= random.NextDouble();
        return events + 1;
    }
}
