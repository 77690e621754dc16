using CognitiveTools.Lab.Bench;

namespace CognitiveTools.Lab.Tests.Bench;

public sealed class EngineBenchmarkTests
{
    private static readonly BenchmarkOptions Small = new()
    {
        Repetitions = 3,
        PromptLength = 8,
        Steps = 4,
        Sequences = [1, 8],
        LatentWidth = 2,
        Threads = 1,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_figure_has_a_sample_per_repetition_and_every_ratio_a_value()
    {
        var report = await EngineBenchmark.RunAsync(Llama.Tests.TestModels.Tiny, Small, cancellationToken: Token);
        Assert.All(report.Figures, static f => Assert.Equal(3, f.Samples.Count));
        Assert.All(report.Ratios, static r => Assert.True(r.Value > 0));
        foreach (var name in new[] { "prefill", "decode 1", "decode 8", "latent step, width 1", "latent step, width 2" })
            Assert.All(new[] { "engine", "bare loop" }, who => Assert.Contains(report.Figures, f => f.Name == $"{who}, {name}"));
        Assert.Empty(report.Peers);
    }

    [Fact]
    public async Task Four_tool_calls_forward_the_question_once_and_separate_calls_four_times()
    {
        var report = await EngineBenchmark.RunAsync(
            Llama.Tests.TestModels.Tiny, Small with { PromptLength = 40 }, cancellationToken: Token);
        Assert.Equal(40 + (4 * 10), Forwarded("four tool calls on one question, in turn"));
        Assert.Equal(40 + (4 * 10), Forwarded("four tool calls on one question, at once"));
        Assert.Equal(4 * (40 + 10), Forwarded("four separate calls"));

        double Forwarded(string name) => report.Figures.Single(f => f.Name == $"{name}, forwarded").Median;
    }

    [Fact]
    public async Task The_memory_of_weights_and_cache_is_part_of_the_peak()
    {
        var report = await EngineBenchmark.RunAsync(Llama.Tests.TestModels.Tiny, Small, cancellationToken: Token);
        // 2 layers, 2 key-value heads of 8 numbers, keys and values, 2 bytes each: 128 bytes a position, 256 positions a block.
        Assert.Equal(0, report.Memory.Cache % (128 * 256));
        Assert.InRange(report.Memory.Beyond, 1, report.Memory.PeakResident);
    }

    [Fact]
    public async Task Peers_take_their_turns_where_they_measure_and_one_that_cannot_start_is_named_with_its_reason()
    {
        var with = await EngineBenchmark.RunAsync(Llama.Tests.TestModels.Tiny, Small, [new FixedPeer(null)], cancellationToken: Token);
        Assert.Equal(["fixed"], with.Peers);
        Assert.Equal(8 * 4 / 0.5, with.Figures.Single(static f => f.Name == "fixed, decode 8").Median);
        Assert.Contains(with.Ratios, static r => r.Name == "decode 8, engine / fixed");
        Assert.DoesNotContain(with.Ratios, static r => r.Name == "decode 1, engine / fixed");

        var without = await EngineBenchmark.RunAsync(
            Llama.Tests.TestModels.Tiny, Small, [new FixedPeer("no node"), new FixedPeer(null)], cancellationToken: Token);
        Assert.Equal(["fixed skipped: no node", "fixed"], without.Peers);
        Assert.Equal(3, without.Figures.Single(static f => f.Name == "fixed, decode 8").Samples.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_peer_that_fails_in_the_middle_is_left_out_with_one_line_and_the_others_are_measured(int answers)
    {
        IDecodePeer[] peers = [new FixedPeer(null, "breaks", answers), new FixedPeer(null)];

        var report = await EngineBenchmark.RunAsync(Llama.Tests.TestModels.Tiny, Small, peers, cancellationToken: Token);

        Assert.Equal(["breaks skipped: it failed with 8 sequences: it crashed with code 3", "fixed"], report.Peers);
        Assert.DoesNotContain(report.Figures, static f => f.Name.StartsWith("breaks", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Ratios, static r => r.Name.Contains("breaks", StringComparison.Ordinal));
        Assert.All(report.Figures, static f => Assert.Equal(3, f.Samples.Count));
        Assert.Contains(report.Figures, static f => f.Name == "fixed, decode 8");
    }

    [Fact]
    public async Task A_peer_that_fails_because_the_caller_cancelled_ends_the_benchmark()
    {
        using var cancel = new CancellationTokenSource();
        IDecodePeer[] peers = [new FixedPeer(null, "breaks", answers: 1, cancel)];

        await Assert.ThrowsAnyAsync<Exception>(
            () => EngineBenchmark.RunAsync(Llama.Tests.TestModels.Tiny, Small, peers, cancellationToken: cancel.Token));
        Assert.True(cancel.IsCancellationRequested);
    }

    [Fact]
    public void A_median_is_the_middle() =>
        Assert.Equal((2, 2.5), (new BenchmarkFigure("", "", [3, 1, 2]).Median, new BenchmarkFigure("", "", [4, 1, 3, 2]).Median));

    // Fails after a number of answers, with a message of two lines.
    private sealed class FixedPeer(
        string? reason, string name = "fixed", int answers = int.MaxValue, CancellationTokenSource? cancel = null) : IDecodePeer
    {
        private int _answers;

        public string Name => name;

        public double? TargetOf(int sequences) => 1;

        public bool Measures(int sequences) => sequences > 1;

        public Task<string?> StartAsync(PeerSetup setup, CancellationToken cancellationToken = default) => Task.FromResult(reason);

        public Task<double> DecodeAsync(
            IReadOnlyList<int> prompt, int sequences, int steps, CancellationToken cancellationToken = default)
        {
            if (_answers++ < answers)
                return Task.FromResult(0.5);
            cancel?.Cancel();
            throw new InvalidOperationException("it crashed\nwith code 3");
        }
    }
}
