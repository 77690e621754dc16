using CognitiveTools.Evals.Reports;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Tests.Reports;

public sealed class BreakdownTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Accuracy_is_given_by_topic_difficulty_year_and_cluster()
    {
        var breakdowns = await BreakdownsAsync();

        Assert.Equal(["topic", "difficulty", "year", "cluster", "tool calls made"], breakdowns.Select(b => b.By));
        var topic = breakdowns[0];
        Assert.Equal(["even", "odd"], topic.Rows.Select(r => r.Name));
        Assert.Equal([1.0 / 3, 2.0 / 3, 1.0], topic.Rows[0].Arms.Select(a => a!.Mean)); // p2, p4, p6: direct has p2, cot has p2 and p4
        Assert.Equal(3, topic.Rows[0].Problems);
        Assert.InRange(topic.Rows[0].Arms[0]!.Interval!.Value.Low, 0, 1.0 / 3);
        Assert.Equal(["2022", "2025"], breakdowns[2].Rows.Select(r => r.Name));
    }

    [Fact]
    public async Task Arms_without_a_sample_in_a_group_have_no_figure()
    {
        var calls = (await BreakdownsAsync())[^1];

        Assert.Equal(["0", "1"], calls.Rows.Select(r => r.Name));
        Assert.Equal([true, true, false], calls.Rows[0].Arms.Select(a => a is not null));
        Assert.Equal([false, false, true], calls.Rows[1].Arms.Select(a => a is not null));
    }

    [Fact]
    public async Task Groups_are_in_the_order_of_their_numbers() =>
        Assert.Equal(["1", "2", "3"], (await BreakdownsAsync())[1].Rows.Select(r => r.Name));

    private async Task<Breakdown[]> BreakdownsAsync()
    {
        var run = await SampleRuns.SmallAsync(_folder.File("run"), cancellationToken: TestContext.Current.CancellationToken);
        return [.. Breakdown.Of(ReportSource.Read(run, Summary.From(run)))];
    }
}
