using CognitiveTools.Lab.Bench.Clusters;
using CognitiveTools.Lab.Commands.Bench;

namespace CognitiveTools.Lab.Tests.Bench;

public sealed class ScaleSimulationTests
{
    // Units of four minutes outlive leases of one, so that a unit whose lease was not renewed would run twice.
    private static readonly ScaleOptions Slow = new() { Places = 2, Unit = TimeSpan.FromMinutes(4), UnitsPerPlace = 6 };

    [Fact]
    public async Task Every_unit_is_in_the_log_once_and_no_place_works_more_than_all_the_time()
    {
        var row = await ScaleSimulation.RunAsync(5, Slow, TestContext.Current.CancellationToken);

        Assert.Equal(60, row.Units);
        Assert.InRange(row.Efficiency, 0.05, 1);
        Assert.InRange(row.Completions, 1, 60);
        Assert.InRange(row.Leases, 1, int.MaxValue);
        Assert.Equal(5 * row.Duration.TotalSeconds, row.Beats, row.Duration.TotalSeconds); // one a second of each worker
        Assert.True(row.LogBytes > 60 * 100);
    }

    [Fact]
    public async Task More_workers_end_the_same_number_of_units_sooner()
    {
        var few = await ScaleSimulation.RunAsync(2, Slow with { UnitsPerPlace = 30 }, TestContext.Current.CancellationToken);
        var many = await ScaleSimulation.RunAsync(10, Slow, TestContext.Current.CancellationToken);

        Assert.Equal(few.Units, many.Units);
        Assert.True(many.Duration < few.Duration);
        Assert.Equal(few.Ideal.TotalSeconds, many.Ideal.TotalSeconds * 5, 1e-3);
    }

    [Fact]
    public void The_table_has_a_line_for_each_number_of_workers()
    {
        var row = new ScaleRow(
            30, 1200, TimeSpan.FromHours(0.5), TimeSpan.FromHours(1), 600, 6000, 600, TimeSpan.FromMilliseconds(50),
            TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(510), 2_000_000);

        Assert.Contains(
            "| 30 | 1,200 | 1.000 | 50.0% | 0.33 | 2 | 0.042 | 0.033 | 0.425 | 0.000 | 2.0 |",
            ScaleCommand.ToText([row], new ScaleOptions()),
            StringComparison.Ordinal);
    }
}
