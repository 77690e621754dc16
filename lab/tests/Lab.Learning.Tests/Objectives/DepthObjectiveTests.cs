using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Learning.Tests.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Objectives;

/// <summary>
/// The objectives of networks that think in depth: against numbers that the Python code computed which trained the shipped models
/// (PyTorch, float64, weights of <see cref="OperationsCorpus.Fill"/>), against the loss row by row, and against differences.
/// </summary>
public sealed class DepthObjectiveTests
{
    private const double Weight = 0.7;

    private static readonly DirectRows Plain = new(OperationsCorpus.Words, chat: false), Chat = new(OperationsCorpus.Words, chat: true);

    // git show e49f8021:models/training/recurrent.py, loss_of(model, rows, depth, backprop=4, prefixes=0.7) of the twelve rows; sigma 0.
    [Theory]
    [InlineData(1, 9.96615284698666)]
    [InlineData(6, 9.97113669834361)]
    public void The_loss_at_recurrent_depth_is_that_of_the_code_that_trained_the_shipped_model(int depth, double wanted)
    {
        using var network = Recurrent(sigma: 0);
        OperationsCorpus.Fill(network.Parameters);
        Assert.Equal(wanted, Value(() => Depth(4).Loss(network, OperationsCorpus.Batch, new SeededRandom(1), depth)), 1e-9);
    }

    // git show e49f8021:models/training/hrm.py, two_part_loss(model, model(ids, high, low), ..., prefixes=0.7) of the twelve rows in the
    // chat format. Its angles are in float32, ours in float64, hence the tolerance.
    [Theory]
    [InlineData(1, 1, 9.094753129746168)]
    [InlineData(2, 2, 9.133821798335836)]
    [InlineData(4, 2, 9.26036087385469)]
    public void The_loss_of_the_stacks_is_that_of_the_code_that_trained_the_shipped_model(int high, int low, double wanted)
    {
        using var network = Hrm();
        OperationsCorpus.Fill(network.Parameters);
        Assert.Equal(wanted, Value(() => Cycles((high, low)).Loss(network, OperationsCorpus.Batch, new SeededRandom(1))), 5e-8);
    }

    [Fact]
    public void The_loss_of_a_batch_is_that_of_its_rows_one_by_one()
    {
        using var recurrent = Recurrent(sigma: 0);
        using var hrm = Hrm();
        Same(Depth(4).Loss(recurrent, OperationsCorpus.Batch, new SeededRandom(1), 3), recurrent, Plain, ids =>
        {
            var bias = recurrent.Bias(ids.shape[1]);
            var e = recurrent.Prelude(ids, bias);
            var state = recurrent.Step(recurrent.Step(recurrent.Step(zeros_like(e), e, bias), e, bias), e, bias);
            return recurrent.Hidden(state, bias);
        });
        Same(Cycles((3, 2)).Loss(hrm, OperationsCorpus.Batch, new SeededRandom(1)), hrm, Chat, ids => hrm.Forward(ids, 3, 2));
    }

    [Fact]
    public void Gradients_are_those_of_central_differences()
    {
        using var recurrent = Recurrent(sigma: 0.632);
        using var hrm = Hrm();
        SmallNetwork.CheckGradients(
            recurrent.Parameters, () => Depth(4).Loss(recurrent, OperationsCorpus.Batch, new SeededRandom(1), 3), samples: 60);
        SmallNetwork.CheckGradients(
            hrm.Parameters, () => Cycles((2, 2)).Loss(hrm, OperationsCorpus.Batch, new SeededRandom(1)), samples: 60);
    }

    [Fact]
    public void Gradients_flow_through_the_last_applications_alone()
    {
        using var network = Recurrent(sigma: 0.632);
        var found = SmallNetwork.Backward(
            network.Parameters, () => Depth(2).Loss(network, OperationsCorpus.Batch, new SeededRandom(1), 5));
        var wanted = SmallNetwork.Backward(network.Parameters, () =>
        {
            var laid = new DirectBatch(Plain, OperationsCorpus.File, OperationsCorpus.Batch.Rows, CPU);
            var bias = network.Bias(laid.Ids.shape[1]);
            var e = network.Prelude(laid.Ids, bias);
            var state = network.Start(e, new SeededRandom(1));
            for (var i = 0; i < 3; i++)
                state = network.Step(state, e, bias);
            var last = network.Step(network.Step(state.detach(), e, bias), e, bias);
            return laid.Loss(network, network.Hidden(last, bias), Weight);
        });
        Assert.All(wanted.Zip(found), static pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Applications_are_drawn_with_the_mean_and_the_spread_of_the_paper()
    {
        var objective = new RecurrentDepth(Plain, mean: 8, backprop: 4, values: 1);
        var random = new SeededRandom(3);
        double[] drawn = [.. Enumerable.Range(0, 20_000).Select(_ => (double)objective.Draw(random))];
        var mean = drawn.Average();
        // Var = E[lambda] + Var[lambda] = m + m^2 (e^(s^2) - 1)
        var variance = 8 + 64 * (Math.Exp(0.25) - 1);
        Assert.InRange(mean, 9 - 5 * Math.Sqrt(variance / drawn.Length), 9 + 5 * Math.Sqrt(variance / drawn.Length));
        Assert.Equal(variance, drawn.Average(value => (value - mean) * (value - mean)), 0.1 * variance);
        Assert.All(drawn, static value => Assert.InRange(value, 1, double.MaxValue));
        Assert.Equal(1, new RecurrentDepth(Plain, mean: 0, backprop: 4, values: 1).Draw(random));
    }

    [Fact]
    public void Unrolled_blocks_of_equal_weights_do_what_as_many_applications_of_one_do()
    {
        using var tied = Recurrent(sigma: 0);
        var shape = OperationsCorpus.Recurrent with { Core = 3, Unrolled = true, Sigma = 0 };
        using var unrolled = new RecurrentDecoder(shape, new SeededRandom(6), ScalarType.Float64);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var name in unrolled.Parameters.Names)
        {
            var part = name.StartsWith("core.", StringComparison.Ordinal) ? "core.0" + name["core.0".Length..]
                : name.StartsWith("adapter.", StringComparison.Ordinal) ? "adapter"
                : name.StartsWith("state_norm.", StringComparison.Ordinal) ? "state_norm" : name;
            unrolled.Parameters[name].copy_(tied.Parameters[part]);
        }

        var ids = tensor(new long[] { 5, 9, 17, 12 }).unsqueeze(0);
        var bias = tied.Bias(4);
        var e = tied.Prelude(ids, bias);
        var state = tied.Start(e, new SeededRandom(1));
        for (var i = 0; i < 3; i++)
            state = tied.Step(state, e, bias);
        var found = unrolled.Step(unrolled.Start(e, new SeededRandom(1)), unrolled.Prelude(ids, bias), bias);
        Assert.Equal(state.data<double>(), found.data<double>());
    }

    [Fact]
    public void The_first_state_is_normal_noise_that_is_cut_off()
    {
        using var network = Recurrent(sigma: 0.5);
        using var scope = NewDisposeScope();
        var state = network.Start(zeros(40, 16, 16, dtype: ScalarType.Float64), new SeededRandom(2)).data<double>().ToArray();
        Assert.Equal(0, state.Average(), 0.02);
        // Of a normal number cut off at two deviations (what lies beyond becomes the bound): 0.9206 of the variance.
        Assert.Equal(0.25 * 0.9206, state.Average(static value => value * value), 0.01);
        Assert.Equal(1.0, state.Max(), 1e-6);
        Assert.Equal(-1.0, state.Min(), 1e-6);
    }

    private static RecurrentDecoder Recurrent(double sigma) =>
        new(OperationsCorpus.Recurrent with { Sigma = sigma }, new SeededRandom(5), ScalarType.Float64);

    private static HrmText Hrm() => new(OperationsCorpus.Hrm, new SeededRandom(5), ScalarType.Float64);

    private static RecurrentDepth Depth(int backprop) => new(Plain, mean: 8, backprop, Weight);

    private static HrmCycles Cycles((int High, int Low) cycle) => new(Chat, [cycle], Weight);

    private static double Value(Func<Tensor> loss)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return loss().item<double>();
    }

    private static void Same(Tensor found, INetwork network, DirectRows reader, Func<Tensor, Tensor> hidden)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (answers, values) = (new List<double>(), new List<double>());
        foreach (var row in OperationsCorpus.Batch.Rows.Select(row => reader.Read(OperationsCorpus.File, row)))
        {
            var ids = tensor(Array.ConvertAll(row.Tokens[..^1], static token => (long)token)).unsqueeze(0);
            var logs = nn.functional.log_softmax(network.Logits(hidden(ids)[0]), -1);
            answers.AddRange(Enumerable.Range(row.Tokens.Length - 3, 3).Select(at => Miss(logs, at - 1, row.Tokens[at])));
            values.AddRange(row.Values.Select((value, k) => Miss(logs, row.First + k, value)));
        }

        Assert.Equal(answers.Average() + Weight * values.Average(), found.item<double>(), 1e-9);
        static double Miss(Tensor logs, int at, int token) => -logs[at, token].item<double>();
    }
}
