using CognitiveTools.Llama.Bench;

namespace CognitiveTools.Llama.Tests.Bench;

public sealed class EngineBenchmarkTests
{
    [Fact]
    public async Task Every_figure_has_a_sample_per_repetition_and_every_ratio_a_value()
    {
        var report = await EngineBenchmark.RunAsync(TestModels.Tiny, new() { Repetitions = 3, PromptLength = 8, Steps = 4, Concurrent = 3, Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(8, report.Figures.Count);
        Assert.All(report.Figures, static f => Assert.Equal(3, f.Samples.Count));
        Assert.All(report.Ratios, static r => Assert.True(r.Value > 0));
    }

    [Fact]
    public void A_median_is_the_middle() => Assert.Equal((2, 2.5), (new BenchmarkFigure("", "", [3, 1, 2]).Median, new BenchmarkFigure("", "", [4, 1, 3, 2]).Median));
}
