using CognitiveTools.Depth;
using CognitiveTools.Onnx.Engine;

namespace CognitiveTools.Onnx.Tests.Latents;

public sealed class DepthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_position_has_the_depth_that_was_asked_for_and_passes_are_counted()
    {
        using var model = OnnxModels.Open();
        await using var sequence = model.Begin(new FixedDepth(3));
        await sequence.AppendAsync(model.Tokenizer.Encode("3 +4 *2 mod 5"), Token);
        await using var fork = sequence.Fork();
        await fork.AppendAsync(new[] { 7 }, Token);
        sequence.Rewind(2);

        Assert.Equal([3, 3], sequence.Depths);
        Assert.Equal([3, 3, 3, 3, 3], fork.Depths);
        Assert.Equal((12, 3), (sequence.CorePasses, fork.CorePasses));
    }

    [Fact]
    public async Task Without_a_wish_the_depth_is_that_of_the_training()
    {
        using var model = OnnxModels.Open();
        await using var sequence = model.Begin();
        await sequence.AppendAsync(new[] { 7 }, Token);

        Assert.Equal([model.Manifest.TrainedDepth], sequence.Depths);
    }

    [Fact]
    public async Task Depth_changes_the_prediction_less_and_less()
    {
        using var model = OnnxModels.Open();
        var prompt = model.Tokenizer.Encode("3 +4 *2 +1 +2 mod 5ANSWER: ");
        var logits = new List<float[]>();
        foreach (var depth in new[] { 1, 2, 32, 33 })
        {
            await using var sequence = model.Begin(new FixedDepth(depth));
            logits.Add((await sequence.AppendAsync(prompt, Token)).Logits.ToArray());
        }

        Assert.True(KullbackLeibler.Between(logits[1], logits[0]) > 100 * KullbackLeibler.Between(logits[3], logits[2]));
    }

    [Fact]
    public async Task A_divergence_exit_ends_where_two_predictions_agree_and_gives_what_that_depth_gives()
    {
        using var model = OnnxModels.Open();
        var prompt = model.Tokenizer.Encode("3 +4 *2 +1 mod 5ANSWER: ");
        var logits = new List<float[]>();
        for (var depth = 1; depth <= 32; depth++)
        {
            await using var sequence = model.Begin(new FixedDepth(depth));
            logits.Add((await sequence.AppendAsync(prompt, Token)).Logits.ToArray());
        }

        foreach (var threshold in new[] { 0.5, 0.01, 0.0005 })
        {
            var expected = Enumerable.Range(1, 31).First(i => KullbackLeibler.Between(logits[i], logits[i - 1]) < threshold) + 1;
            await using var sequence = model.Begin(new DivergenceExit(threshold));
            var prediction = await sequence.AppendAsync(prompt, Token);

            Assert.All(sequence.Depths, depth => Assert.Equal(expected, depth));
            Assert.Equal(logits[expected - 1], prediction.Logits.ToArray());
        }
    }

    [Theory]
    [InlineData(1000, 4, 9, 4)]
    [InlineData(1e-30, 1, 3, 3)]
    [InlineData(1000, 1, 9, 2)]
    [InlineData(1000, 1, 1, 1)]
    public async Task A_divergence_exit_keeps_its_bounds(double threshold, int least, int most, int expected)
    {
        using var model = OnnxModels.Open();
        await using var sequence = model.Begin(new DivergenceExit(threshold, least, most));
        await sequence.AppendAsync(model.Tokenizer.Encode("3 +4"), Token);

        Assert.All(sequence.Depths, depth => Assert.Equal(expected, depth));
    }

    [Fact]
    public async Task A_deeper_position_behind_a_shallow_one_sees_its_last_step_at_all_later_steps()
    {
        // At depth 1 a position has one set of keys and values. A later one of depth 4 must find it at every step,
        // whatever the order in which the two depths came.
        using var model = OnnxModels.Open();
        await using var shallow = model.Begin(new DivergenceExit(1000, 1, 1));
        await shallow.AppendAsync(new[] { 60, 61 }, Token);
        await using var deep = model.Begin(new FixedDepth(4));
        await deep.AppendAsync(new[] { 60, 61 }, Token);

        Assert.Equal([1, 1], shallow.Depths);
        Assert.NotEqual(
            (await shallow.AppendAsync(new[] { 62 }, Token)).Logits.ToArray(),
            (await deep.AppendAsync(new[] { 62 }, Token)).Logits.ToArray());
    }

    [Fact]
    public async Task A_cancellation_takes_effect_between_two_applications()
    {
        using var model = OnnxModels.Open();
        await using var sequence = model.Begin(new FixedDepth(10_000_000));
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sequence.AppendAsync(new[] { 7 }, source.Token));
        Assert.Equal(0, sequence.Length);
        Assert.Empty(sequence.Depths);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Impossible_depths_are_refused(int depth)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedDepth(depth));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DivergenceExit(0.1, depth));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DivergenceExit(depth));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DivergenceExit(0.1, 3, 2));
    }
}
