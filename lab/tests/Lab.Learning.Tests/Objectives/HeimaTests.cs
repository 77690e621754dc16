using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Learning.Tests.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Objectives;

/// <summary>Heima against the same loss computed conversation by conversation, and its gradients against differences.</summary>
public sealed class HeimaTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Gradients_are_those_of_central_differences(int collapsed)
    {
        using var network = Network();
        using var encoder = Network();
        // The states come from a network that does not move, because no gradient goes through them.
        var objective = new Heima(SmallStages.Cutter, 0.7, 0.4) { Encoder = encoder };
        SmallNetwork.CheckGradients(network.Parameters, () => Loss(objective, network, collapsed), samples: 60);
    }

    [Fact]
    public void No_gradient_of_the_reading_goes_to_the_states()
    {
        using var network = Network();
        using var encoder = Network();
        var own = SmallNetwork.Backward(network.Parameters, () => Loss(new Heima(SmallStages.Cutter), network, 3));
        var other = SmallNetwork.Backward(
            network.Parameters, () => Loss(new Heima(SmallStages.Cutter) { Encoder = encoder }, network, 3));
        Assert.All(own.Zip(other), static pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 0.5)]
    [InlineData(3, 1)]
    public void The_loss_is_that_of_one_conversation_after_the_other_without_padding(int collapsed, double blank)
    {
        using var network = Network();
        const double Weight = 0.7;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var whole = Loss(new Heima(SmallStages.Cutter, Weight, blank), network, collapsed).item<double>();

        var random = new SeededRandom(1);
        var (said, read) = (new Mean(), new Mean());
        foreach (var row in SmallStages.Batch(collapsed).Rows)
        {
            var solution = SmallStages.Cutter.Cut(SmallStages.File, row);
            int[] text =
            [
                .. SmallStages.Cutter.Tokens.Take(collapsed),
                .. SmallStages.Words.Encode(string.Concat(
                    solution.Stages.Skip(collapsed).Select(static stage => SmallStages.Words.Decode(stage) + "\n"))),
                .. solution.Answer, SmallStages.Cutter.Stop,
            ];
            var hidden = network.Forward(network.Embed(Ids([.. solution.Prompt, .. text[..^1]])).unsqueeze(0))[0];
            said.Add(network, hidden, solution.Prompt.Length - 1, text);
            if (collapsed == 0)
                continue;
            var stage = random.Below(collapsed);
            var isBlank = random.NextDouble() < blank;
            var place = isBlank
                ? network.Embed(Ids([SmallStages.Cutter.Tokens[stage]]))
                : hidden.narrow(0, solution.Prompt.Length + stage, 1);
            var inputs = cat([network.Embed(Ids(solution.Asking)), place, network.Embed(Ids(solution.Stages[stage]))], 0);
            read.Add(
                network, network.Forward(inputs.unsqueeze(0))[0], solution.Asking.Length,
                [.. solution.Stages[stage], SmallStages.Cutter.Stop]);
        }

        Assert.Equal(said.Value + (collapsed == 0 ? 0 : Weight * read.Value), whole, 1e-9);
    }

    [Fact]
    public void A_text_counts_as_exact_when_greedy_decoding_writes_it()
    {
        using var network = Network();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        StagedSolution[] solutions = [.. SmallStages.Batch(3).Rows.Select(static row => SmallStages.Cutter.Cut(SmallStages.File, row))];
        var states = rand(solutions.Length, network.Shape.Width, dtype: ScalarType.Float64);
        // What this network writes first behind each state is the text, one token long; of the others one is not what it writes.
        var written = solutions.Select((solution, row) => First(network, solution, states[row])).ToArray();
        StagedSolution[] right = [.. solutions.Select((solution, row) => solution with { Stages = [[written[row]], [], []] })];

        var readings = new StageReadings(right, [.. right.Select(static _ => 0)], SmallStages.Cutter, CPU);
        var exact = readings.Exact(network, states, new bool[right.Length]);

        for (var row = 0; row < right.Length; row++)
        {
            var inputs = cat([network.Embed(Ids(right[row].Asking)), states[row].unsqueeze(0), network.Embed(Ids([written[row]]))], 0);
            var then = (int)network.Logits(network.Forward(inputs.unsqueeze(0))[0, ^1]).argmax().item<long>();
            Assert.Equal(then == SmallStages.Cutter.Stop, exact[row]);
            right[row] = right[row] with { Stages = [[written[row] == 9 ? 10 : 9], [], []] };
        }

        readings = new StageReadings(right, [.. right.Select(static _ => 0)], SmallStages.Cutter, CPU);
        Assert.DoesNotContain(true, readings.Exact(network, states, new bool[right.Length]));
    }

    private static int First(Decoder network, StagedSolution solution, Tensor state) => (int)network.Logits(network.Forward(
        cat([network.Embed(Ids(solution.Asking)), state.unsqueeze(0)], 0).unsqueeze(0))[0, ^1]).argmax().item<long>();

    private static Decoder Network() => SmallNetwork.Create(SmallStages.Words.Count);

    private static Tensor Loss(Heima objective, Decoder network, int collapsed) =>
        objective.Loss(network, SmallStages.Batch(collapsed), new SeededRandom(1));

    private static Tensor Ids(int[] tokens) => tensor(Array.ConvertAll(tokens, static token => (long)token));

    private sealed class Mean
    {
        private double _sum;
        private int _count;

        public double Value => _sum / _count;

        // The position before a token predicts it.
        public void Add(Decoder network, Tensor hidden, int from, int[] text)
        {
            var logits = network.Logits(hidden.narrow(0, from, text.Length));
            _sum += nn.functional.cross_entropy(logits, Ids(text)).item<double>() * text.Length;
            _count += text.Length;
        }
    }
}
