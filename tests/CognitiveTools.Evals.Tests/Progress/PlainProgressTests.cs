using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Progress;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Evals.Tests.Progress;

public sealed class PlainProgressTests
{
    [Fact]
    public async Task A_line_comes_at_the_start_every_few_seconds_and_at_the_end()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider();
        var output = new StringWriter { NewLine = "\n" };

        await Run(folder, time, TimeSpan.FromSeconds(2), new PlainProgress(output, time, TimeSpan.FromSeconds(4)));

        Assert.Equal(
            """
            arms: 5 units (5 problems x 1 arms x 1 samples), 0 finished before
            [2/5] 0 correct, 0 truncated, 0 errors; 15 positions/s, 0:04, about 0:06 to go
            [4/5] 1 correct, 0 truncated, 0 errors; 15 positions/s, 0:08, about 0:02 to go
            [5/5] 1 correct, 0 truncated, 0 errors; 15 positions/s, 0:10

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public async Task A_long_run_says_what_it_will_cost_after_a_unit_of_every_arm()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider();
        var output = new StringWriter { NewLine = "\n" };

        await Run(folder, time, TimeSpan.FromMinutes(30), new PlainProgress(output, time, TimeSpan.FromDays(1)), arms: "direct,cot");

        Assert.Equal(
            """
            arms: 10 units (5 problems x 2 arms x 1 samples), 0 finished before
            Estimate from 2 of 10 units: 300 positions in all, about 4:00:00 to go
            [10/10] 2 correct, 0 truncated, 0 errors; 0 positions/s, 5:00:00

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public async Task A_resumed_run_shows_what_is_finished_and_estimates_from_this_session_only()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider();
        await Run(folder, time, TimeSpan.FromSeconds(2), new PlainProgress(TextWriter.Null, time, TimeSpan.Zero));
        var progress = new RunProgress(time);
        var snapshots = new List<RunSnapshot>();

        await Run(folder, time, TimeSpan.FromSeconds(10), new Recorder(e =>
        {
            progress.Report(e);
            snapshots.Add(progress.Snapshot());
        }), samples: 2);

        Assert.Equal((5, 10, 0), (snapshots[0].Finished, snapshots[0].Planned, snapshots[0].InFlight));
        Assert.Null(snapshots[0].Remaining);
        Assert.Equal((5, 1), (snapshots[1].Finished, snapshots[1].InFlight));
        Assert.Equal((6, TimeSpan.FromSeconds(40)), (snapshots[2].Finished, snapshots[2].Remaining));
        Assert.Equal(new ArmProgress("direct", 10, 10, 2, 0, 0), Assert.Single(snapshots[^1].Arms));
    }

    private static Task<RunResult> Run(
        TemporaryFolder folder, FakeTimeProvider time, TimeSpan perUnit, IProgress<RunEvent> progress, int samples = 1,
        string arms = "direct")
    {
        var reasoner = new ScriptedReasoner((_, _, _) =>
        {
            time.Advance(perUnit);
            return Task.FromResult(ScriptedReasoner.Said("ANSWER: 3"));
        });
        return EvalRun.ExecuteAsync(
            Suite.FromArms(arms) with { Samples = samples, Temperature = 1 },
            [.. Enumerable.Range(1, 5).Select(i => new Problem($"p{i}", "?", $"{i}"))],
            ScriptedReasoner.Catalog(("direct", reasoner), ("cot", reasoner)),
            new RunOptions { Directory = folder.File("run"), Time = time },
            progress,
            TestContext.Current.CancellationToken);
    }

    private sealed class Recorder(Action<RunEvent> record) : IProgress<RunEvent>
    {
        public void Report(RunEvent value) => record(value);
    }
}
