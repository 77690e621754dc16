using CognitiveTools.Lab.Bench.Traffic;

namespace CognitiveTools.Lab.Tests.Bench;

public sealed class EngineTrafficTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_caller_of_the_traffic_is_answered_and_its_waits_are_counted()
    {
        var options = new TrafficOptions { Duration = TimeSpan.FromSeconds(1), Callers = 64, Threads = 1 };
        var report = await EngineTraffic.RunAsync(Llama.Tests.TestModels.Tiny, options, cancellationToken: Token);

        Assert.Equal(64, report.Waits.Count);
        Assert.All(report.Waits, static w => Assert.True(w.Requests > 0));
        Assert.All(report.Waits, static w => Assert.InRange(w.Longest * w.Requests, w.Waited, long.MaxValue));
        Assert.Equal(report.Longest.Longest, report.Waits.Max(static w => w.Longest)); // fairness itself: SchedulerTests, in counted rounds
    }

    [Fact]
    public void A_wait_of_more_than_five_times_the_mean_is_named()
    {
        // 100 requests of each caller: means of 2 and 4, of all 3.
        var fair = Report(new(0, 100, 200, 10), new(1, 100, 400, 15));
        var unfair = Report(new(0, 100, 200, 10), new(1, 100, 400, 16));

        Assert.Equal((3, 5, true), (fair.MeanWait, fair.Ratio, fair.IsFair));
        Assert.Equal((1, false), (unfair.Longest.Caller, unfair.IsFair));
        Assert.True(Report(new CallerWaits(0, 3, 0, 0)).IsFair); // no caller waited
    }

    private static TrafficReport Report(params CallerWaits[] waits) => new("model", 1, new(), TimeSpan.FromSeconds(1), 1, 1, waits);
}
