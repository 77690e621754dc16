using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Influence;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Learning.Tests.Networks;
using CognitiveTools.Lab.Learning.Tests.Objectives;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Influence;

public sealed class RecordGradientsTests
{
    private static readonly Batch Unequal = SmallCorpus.Batch(0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Gradients_of_a_record_are_those_of_a_backward_pass_of_it_alone()
    {
        using var scope = NewDisposeScope();
        using var network = SmallNetwork.Create(SmallCorpus.Words.Count);
        Assert.True(Unequal.Rows.Select(SmallCorpus.File.Length).Distinct().Count() > 1, "The records must differ in length.");

        var layers = new RecordGradients(network).Of(Unequal);

        Assert.Equal(4 * network.Shape.Layers, layers.Count);
        for (var i = 0; i < Unequal.Rows.Count; i++)
        {
            var alone = new Batch(SmallCorpus.File, [Unequal.Rows[i]]);
            var tokens = new LearnedTokens(alone).Targets.Count;
            SmallNetwork.Backward(network.Parameters, () => new NextToken().Loss(network, alone, new SeededRandom(1)) * tokens);
            foreach (var layer in layers)
                Same(network.Parameters[layer.Name].grad!, layer.PerRecord()[i]);
        }
    }

    [Fact]
    public void Drawn_labels_average_to_a_gradient_of_zero()
    {
        using var scope = NewDisposeScope();
        using var network = SmallNetwork.Create(SmallCorpus.Words.Count);
        var (source, random) = (new RecordGradients(network), new SeededRandom(9));
        var one = new Batch(SmallCorpus.File, [0]);
        const int Draws = 150;

        var all = Enumerable.Range(0, Draws).Select(_ => source.OfDrawnLabels(one, random)[^1].PerRecord()[0]).ToArray();
        var (mean, deviation) = (stack(all).mean([0]), stack(all).std(0));

        // The expected gradient of log p under p itself is zero; that of the corpus's labels is not.
        Assert.True((mean.abs() / (deviation / Math.Sqrt(Draws) + 1e-12)).mean().item<double>() < 1.5);
        Assert.True(
            (source.Of(one)[^1].PerRecord()[0].abs() / (deviation / Math.Sqrt(Draws) + 1e-12)).mean().item<double>() > 2);
    }

    [Fact]
    public void TracIn_multiplies_gradients_and_the_cosine_divides_by_their_lengths()
    {
        using var scope = NewDisposeScope();
        using var network = SmallNetwork.Create(SmallCorpus.Words.Count);
        var matrix = new InfluenceMatrix(SmallCorpus.File, SmallCorpus.File, [2, 7]);
        var flat = Flat(network);

        var (products, cosines) = (matrix.TracIn(network, 0.5, Token), matrix.Cosine(network, Token));

        for (var query = 0; query < 2; query++)
        {
            for (var record = 0; record < SmallCorpus.File.Count; record++)
            {
                var (one, other) = (flat[query == 0 ? 2 : 7], flat[record]);
                Near(one.dot(other).item<double>(), 2 * products[query][record]);
                Near((one.dot(other) / (one.norm() * other.norm())).item<double>(), cosines[query][record]);
            }
        }

        Assert.Equal(1, cosines[0][2], 1e-9);
    }

    [Fact]
    public void Influence_is_the_same_from_both_sides_and_above_zero_on_the_record_itself()
    {
        using var scope = NewDisposeScope();
        using var network = SmallNetwork.Create(SmallCorpus.Words.Count);
        var scores = new InfluenceMatrix(SmallCorpus.File, SmallCorpus.File, [2, 7]).EkFac(network, EkFac.DefaultDamping, seed: 3, Token);

        Near(scores[0][7], scores[1][2]);
        Assert.True(scores[0][2] > 0 && scores[1][7] > 0);
        // Cauchy and Schwarz, in the metric of the inverse.
        Assert.True(Math.Abs(scores[0][7]) <= Math.Sqrt(scores[0][2] * scores[1][7]));
    }

    [Fact]
    public void A_step_on_a_record_lowers_the_loss_of_another_by_their_product()
    {
        // A small step along the gradient of record z changes the loss of query q by minus rate times TracIn's product.
        using var scope = NewDisposeScope();
        using var network = SmallNetwork.Create(SmallCorpus.Words.Count);
        const double Rate = 1e-10;
        var wanted = new InfluenceMatrix(SmallCorpus.File, SmallCorpus.File, [3]).TracIn(network, Rate, Token)[0][5];
        var before = QueryLosses.Measure(network, SmallCorpus.File).Losses[3];
        foreach (var layer in new RecordGradients(network).Of(new Batch(SmallCorpus.File, [5])))
        {
            using var frozen = no_grad();
            network.Parameters[layer.Name].sub_(layer.PerRecord()[0] * Rate);
        }

        Near(wanted, before - QueryLosses.Measure(network, SmallCorpus.File).Losses[3], 1e-3);
    }

    private static Tensor[] Flat(Decoder network)
    {
        var layers = new RecordGradients(network).Of(new Batch(SmallCorpus.File, [.. Enumerable.Range(0, SmallCorpus.File.Count)]));
        return [.. Enumerable.Range(0, SmallCorpus.File.Count)
            .Select(record => cat([.. layers.Select(layer => layer.PerRecord()[record].flatten())]))];
    }

    private static void Near(double wanted, double found, double tolerance = 1e-9) =>
        Assert.Equal(wanted, found, tolerance * Math.Max(1e-3, Math.Abs(wanted)));

    private static void Same(Tensor wanted, Tensor found)
    {
        var scale = Math.Max(1e-3, wanted.abs().max().item<double>());
        Assert.True((wanted - found).abs().max().item<double>() <= 1e-9 * scale);
    }
}
