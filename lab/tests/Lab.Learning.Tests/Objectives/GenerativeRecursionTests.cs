using CognitiveTools.Answers.Boards;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Learning.Tests.Networks;
using CognitiveTools.Lab.Problems.Queens;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Objectives;

/// <summary>GRAM's network and loss: against plain loops over doubles, against differences, and what its parts must not do.</summary>
public sealed class GenerativeRecursionTests : IDisposable
{
    private const double Beta = 0.3, Value = 0.7;

    private readonly TemporaryFolder _folder = new();
    private readonly TokenFile _file;
    private readonly QueensRows _rows;
    private readonly Batch _batch;

    public GenerativeRecursionTests()
    {
        var words = OperationsVocabulary.Build();
        using (var stream = File.Create(_folder.File("queens.bin")))
            Corpus.Write(stream, QueensGenerator.Converse(3, heldOut: false).Take(4), words);
        _file = TokenFile.Read(_folder.File("queens.bin"));
        _rows = QueensRows.Read(_file, words);
        _batch = new Batch(_file, [2, 0, 3, 1]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("learned", 0)]
    [InlineData("fixed", 0.4)]
    [InlineData("none", 0)]
    public void The_loss_is_that_of_plain_loops_over_doubles(string noise, double sigma)
    {
        var shape = Shape(noise, sigma) with { Inner = 2, Transitions = 2 };
        using var network = Create(shape);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var objective = new GenerativeRecursion(_rows, 2, Beta, Value, unguided: 0.25);
        var found = objective.Loss(network, _batch, new SeededRandom(9)).item<double>();
        Assert.Equal(ByHand(network, steps: 2, guided: 3, new SeededRandom(9)), found, 1e-9);
    }

    [Theory]
    [InlineData("learned", 0)]
    [InlineData("fixed", 0.4)]
    [InlineData("start", 0.8)]
    [InlineData("none", 0)]
    public void Gradients_are_those_of_central_differences(string noise, double sigma)
    {
        using var network = Create(Shape(noise, sigma));
        // Without the divergence, in which gradients are stopped; the next test is about that.
        var objective = new GenerativeRecursion(_rows, 1, beta: 0, Value, unguided: 0.25);
        SmallNetwork.CheckGradients(network.Parameters, () => objective.Loss(network, _batch, new SeededRandom(9)), samples: 80);
    }

    [Theory]
    [InlineData("prior", 0.8)]
    [InlineData("posterior.out", 0.2)]
    public void The_divergence_moves_the_prior_more_than_the_posterior(string side, double share)
    {
        using var network = Create(Shape("learned", 0));
        var with = Gradient(network, side, Beta);
        var without = Gradient(network, side, 0);
        const double Step = 1e-5;
        var parameter = network.Parameters[side].view(-1);
        for (var index = 0; index < with.Length; index += 29)
        {
            var difference = (Divergence(index, Step) - Divergence(index, -Step)) / (2 * Step);
            Assert.Equal(share * difference, with[index] - without[index], 1e-6);
        }

        Assert.True(with.Zip(without).Any(static pair => Math.Abs(pair.First - pair.Second) > 1e-3), "The divergence has no gradient.");

        double Divergence(int index, double change)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var one = parameter.narrow(0, index, 1);
            one.add_(change);
            var value = Loss(network, Beta).item<double>() - Loss(network, 0).item<double>();
            one.sub_(change);
            return value;
        }
    }

    [Fact]
    public void Gradients_flow_through_the_last_transition_alone()
    {
        using var network = Create(Shape("none", 0) with { Transitions = 3 });
        var objective = new GenerativeRecursion(_rows, 1, Beta, value: 0, unguided: 0);
        var found = SmallNetwork.Backward(network.Parameters, () => objective.Loss(network, _batch, new SeededRandom(1)));
        var wanted = SmallNetwork.Backward(network.Parameters, () =>
        {
            var e = network.Read(_rows.Givens(_batch.Rows));
            var state = network.Start(4, new SeededRandom(1));
            for (var i = 0; i < 3; i++)
            {
                var (u, low) = network.Advance(new GramState(state.High.detach(), state.Low.detach()), i < 2 ? e.detach() : e);
                state = new GramState(u + network.Prior(u).Mean, low);
            }

            return nn.functional.cross_entropy(
                network.Logits(state.High).flatten(0, 1), _rows.Solutions(_batch.Rows).flatten().sub(1));
        });
        Assert.All(wanted.Zip(found), static pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.True(found.Max(Math.Abs) > 1e-3);
    }

    [Fact]
    public void The_losses_of_the_steps_add_up_to_the_loss_while_the_weights_stay()
    {
        using var network = Create(Shape("learned", 0));
        using var scope = NewDisposeScope();
        var objective = new GenerativeRecursion(_rows, 3, Beta, Value, 0.25);
        var parts = objective.Losses(network, _batch, new SeededRandom(4)).Select(static loss => loss.item<double>()).ToArray();
        Assert.Equal(3, parts.Length);
        Assert.Equal(objective.Loss(network, _batch, new SeededRandom(4)).item<double>(), parts.Sum(), 1e-12);
    }

    [Theory]
    [InlineData("learned", 0, true)]
    [InlineData("fixed", 0.4, true)]
    [InlineData("start", 0.8, true)]
    [InlineData("none", 0, false)]
    public void Only_a_network_without_noise_thinks_the_same_with_every_seed(string noise, double sigma, bool differs)
    {
        using var network = Create(Shape(noise, sigma));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (one, other) = (Think(1), Think(2));
        Assert.Equal(one, Think(1));
        Assert.Equal(differs, !one.SequenceEqual(other));

        double[] Think(ulong seed)
        {
            var random = new SeededRandom(seed);
            var state = network.Step(network.Start(4, random), network.Read(_rows.Givens(_batch.Rows)), random);
            return network.Logits(state.High).data<double>().ToArray();
        }
    }

    private static GramShape Shape(string noise, double sigma) =>
        new(QueensGenerator.Side, 8, 2, 12, 2, 1, 1, Enum.Parse<GramNoise>(noise, ignoreCase: true), sigma);

    private static Gram Create(GramShape shape)
    {
        var network = new Gram(shape, new SeededRandom(5), ScalarType.Float64);
        using (no_grad())
            network.Parameters.Values.mul_(1.5);
        return network;
    }

    private Tensor Loss(Gram network, double beta) =>
        new GenerativeRecursion(_rows, 1, beta, Value, unguided: 0).Loss(network, _batch, new SeededRandom(9));

    private double[] Gradient(Gram network, string parameter, double beta)
    {
        SmallNetwork.Backward(network.Parameters, () => Loss(network, beta));
        return network.Parameters[parameter].grad!.data<double>().ToArray();
    }

    private double ByHand(Gram network, int steps, int guided, SeededRandom random)
    {
        var (hand, side, width) = (new GramByHand(network), network.Shape.Side, network.Shape.Width);
        using var givens = _rows.Givens(_batch.Rows);
        using var solutions = _rows.Solutions(_batch.Rows);
        var boards = givens.data<long>().ToArray().Chunk(side).ToArray();
        var solved = solutions.data<long>().ToArray().Chunk(side).ToArray();
        var states = boards.Select(_ => (High: hand.Start("high.start"), Low: hand.Start("low.start"))).ToArray();
        var total = 0.0;
        for (var step = 0; step < steps; step++)
        {
            var (entropy, divergence, value) = (0.0, 0.0, 0.0);
            for (var transition = 1; transition <= network.Shape.Transitions; transition++)
            {
                var noise = network.Shape.IsNoisy
                    ? Enumerable.Range(0, boards.Length * side * width).Select(_ => (double)(float)SeededRandom.Normal(random)).ToArray()
                    : [];
                for (var row = 0; row < boards.Length; row++)
                {
                    var (u, low) = hand.Advance(states[row].High, states[row].Low, hand.Read("cell", boards[row], "place"));
                    var target = hand.Read("target", solved[row]);
                    for (var at = 0; at < side; at++)
                    {
                        var prior = hand.Prior(u[at]);
                        var (added, q) = (prior, hand.Posterior(u[at], target[at]));
                        if (network.Shape.IsNoisy && row < guided && transition == network.Shape.Transitions)
                        {
                            added = q;
                            divergence += Kl(q, prior);
                        }

                        for (var i = 0; i < width; i++)
                        {
                            u[at][i] += added.Mean[i] + (network.Shape.IsNoisy
                                ? Math.Exp(added.LogSigma[i]) * noise[(row * side + at) * width + i] : 0);
                        }
                    }

                    states[row] = (u, low);
                }
            }

            for (var row = 0; row < boards.Length; row++)
            {
                double[][] shares = [.. states[row].High.Select(hand.Shares)];
                if (row < guided)
                    entropy -= shares.Select((share, at) => Math.Log(share[solved[row][at] - 1])).Sum();
                var answer = QueensBoard.Of([.. shares.Select(static share => Array.IndexOf(share, share.Max()) + 1)]);
                var isRight = answer.Completes(QueensBoard.Of([.. boards[row].Select(static cell => (int)cell)]));
                value += Math.Pow(hand.Value(states[row].High) - (isRight ? 1 : 0), 2);
            }

            total += (entropy + Beta * divergence) / (guided * side) + Value * value / boards.Length;
        }

        return total;

        static double Kl((double[] Mean, double[] LogSigma) q, (double[] Mean, double[] LogSigma) p) =>
            Enumerable.Range(0, q.Mean.Length).Sum(i => p.LogSigma[i] - q.LogSigma[i] - 0.5
                + (Math.Exp(2 * q.LogSigma[i]) + Math.Pow(q.Mean[i] - p.Mean[i], 2)) / (2 * Math.Exp(2 * p.LogSigma[i])));
    }
}
