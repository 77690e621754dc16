using CognitiveTools.Lab.Learning.Features;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Learning.Tests.Networks;
using CognitiveTools.Lab.Training.Probes;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Objectives;

public sealed class SparseCodeTests
{
    private const int Width = 6, Features = 20, Active = 3;

    [Fact]
    public void Gradients_are_those_of_central_differences()
    {
        var code = Create(1_000_000);
        var states = States(40);
        SmallNetwork.CheckGradients(code.Parameters[0], () => Fixed(code, states), samples: 80);
    }

    [Fact]
    public void The_loss_is_the_variance_that_the_largest_features_do_not_explain()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var code = Create(1_000_000);
        var states = States(25);
        code.Write(folder.File("code.gguf"), "test");
        var read = SparseAutoencoder.Read(folder.File("code.gguf"));
        Assert.Equal((2, Active, Width, Features), (read.Layer, read.Active, read.Width, read.Features));
        var (left, spread, rows) = (0.0, 0.0, Rows(states));
        for (var at = 0; at < rows.Length; at++)
        {
            var all = Enumerable.Range(0, Features).Select(feature => read.Offsets[feature] + Enumerable.Range(0, Width)
                .Sum(i => read.Encoder[feature * Width + i] * (rows[at][i] - read.Bias[i]))).ToArray();
            var chosen = Enumerable.Range(0, Features).OrderByDescending(feature => all[feature]).Take(Active)
                .Where(feature => all[feature] > 0);
            for (var i = 0; i < Width; i++)
            {
                var found = read.Bias[i] + chosen.Sum(feature => all[feature] * read.Decoder[feature * Width + i]);
                left += Math.Pow(rows[at][i] - found, 2);
                spread += Math.Pow(rows[at][i] - rows.Average(row => row[i]), 2);
            }
        }

        Assert.Equal(left / spread, code.Loss(states).item<double>(), 1e-5);
    }

    [Fact]
    public void A_feature_is_steered_with_its_column_of_length_one()
    {
        using var folder = new TemporaryFolder();
        Create(1).Write(folder.File("code.gguf"), "test");
        var read = SparseAutoencoder.Read(folder.File("code.gguf"));
        for (var feature = 0; feature < Features; feature++)
        {
            var vector = read.Direction(feature);
            Assert.Equal([2], vector.Layers);
            Assert.Equal(1, vector.Norm(2), 1e-5f);
            Assert.Equal(read.Decoder[feature * Width], vector.Direction(2)[0]);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => read.Direction(Features));
        Assert.Throws<ArgumentOutOfRangeException>(() => read.Direction(-1));
    }

    [Fact]
    public void Dead_features_learn_to_explain_what_is_left_and_others_do_not_for_that()
    {
        var states = States(40);
        foreach (var (deadAfter, learns) in (ReadOnlySpan<(int, bool)>)[(1_000_000, false), (1, true)])
        {
            var code = Create(deadAfter);
            using (NewDisposeScope())
            using (no_grad())
                code.Loss(states); // counts which features are idle
            var idle = code.Parameters[1].Values.data<double>().ToArray();
            var gradients = SmallNetwork.Backward(code.Parameters[0], () => Fixed(code, states));
            var dead = Enumerable.Range(0, Features).Where(feature => idle[feature] > 1).ToArray();
            int[] columns = [.. dead.SelectMany(feature => Enumerable.Range((Features + feature) * Width, Width))];
            Assert.NotEmpty(dead);
            Assert.Equal(learns, columns.Any(index => gradients[index] != 0));
            // What is left does not depend on a dead feature's column, so that its gradient is that of differences.
            Assert.All(columns, index => Assert.Equal(Difference(code, states, index), gradients[index], 1e-6));
        }
    }

    [Fact]
    public void Auc_is_the_share_of_pairs_in_order()
    {
        var random = new SeededRandom(3);
        double[] a = [.. Enumerable.Range(0, 31).Select(_ => (double)random.Below(9))];
        double[] b = [.. Enumerable.Range(0, 17).Select(_ => (double)random.Below(6))];
        var pairs = a.SelectMany(x => b.Select(y => x > y ? 1.0 : x == y ? 0.5 : 0)).Average();
        Assert.Equal(pairs, RankedPair.Auc(a, b), 1e-12);
    }

    private static SparseCode Create(int deadAfter)
    {
        var code = new SparseCode(2, Width, Features, Active, new SeededRandom(8), ScalarType.Float64) { DeadAfter = deadAfter, Spare = 4 };
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var random = new SeededRandom(5);
        double[] noise = [.. Enumerable.Range(0, (int)code.Parameters[0].Count).Select(_ => 0.1 * SeededRandom.Normal(random))];
        code.Parameters[0].Values.add_(tensor(noise));
        return code;
    }

    private static double Difference(SparseCode code, Tensor states, int index)
    {
        return (At(1e-5) - At(-1e-5)) / 2e-5;

        double At(double change)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var one = code.Parameters[0].Values.narrow(0, index, 1);
            one.add_(change);
            var value = Fixed(code, states).item<double>();
            one.sub_(change);
            return value;
        }
    }

    // Differences need the same dead features at each evaluation.
    private static Tensor Fixed(SparseCode code, Tensor states)
    {
        var idle = code.Parameters[1].Values;
        var before = idle.clone();
        var loss = code.Loss(states);
        idle.copy_(before);
        return loss;
    }

    private static Tensor States(int count)
    {
        var random = new SeededRandom(4);
        double[] values = [.. Enumerable.Range(0, count * Width).Select(i => 1 + (i % Width) * SeededRandom.Normal(random))];
        return tensor(values).view(count, Width);
    }

    private static double[][] Rows(Tensor states) => [.. states.data<double>().ToArray().Chunk(Width)];
}
