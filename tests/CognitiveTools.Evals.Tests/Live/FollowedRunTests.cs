using System.Text.Json.Nodes;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Live;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Evals.Tests.Reports;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Evals.Tests.Live;

public sealed class FollowedRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Figures_of_every_moment_are_those_of_the_report(int samples)
    {
        var run = await RunAsync(kept: 0, samples);
        var followed = Follow(run);

        for (var written = 0; written < run.Count; written += 2)
        {
            run.Write(2);
            var view = followed.View();
            var summary = Summary.From(RunResult.Load(run.Directory));
            Assert.Equal((summary.Finished, summary.Planned), (view.Finished, view.Planned));
            foreach (var arm in summary.Arms)
            {
                var shown = view.Arms.Single(a => a.Name == arm.Name);
                Assert.Equal(
                    (arm.Accuracy?.Mean, arm.Accuracy?.Interval?.Low, arm.Accuracy?.Interval?.High, arm.Accuracy?.Method),
                    (shown.Accuracy, shown.Low, shown.High, shown.Method));
                Assert.Equal(
                    (arm.Units, arm.Truncated, arm.NoAnswer, arm.Errors),
                    (shown.Finished, shown.Truncated, shown.NoAnswer, shown.Errors));
            }
        }

        Assert.True(followed.View().HasReport);
    }

    [Fact]
    public async Task What_the_workers_do_is_shown_while_it_is_new_and_the_run_goes_on()
    {
        var run = await RunAsync(kept: 3);
        var followed = Follow(run);
        Assert.Null(followed.View().Activity);

        run.Write(new RunActivity(_time.GetUtcNow(), [new("worker", 1, 3)], []));
        Assert.Equal("worker", Assert.Single(followed.View().Activity!.Workers).Name);

        File.WriteAllText(RunFiles.ActivityPath(run.Directory), "{");
        Assert.Null(followed.View().Activity);

        run.Write(new RunActivity(_time.GetUtcNow(), [], []));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(followed.View().Activity);

        run.Write(new RunActivity(_time.GetUtcNow(), [], []));
        run.Write(run.Count - 3);
        Assert.Null(followed.View().Activity);
    }

    [Fact]
    public async Task The_interval_s_course_ends_with_the_interval_of_now()
    {
        var run = await RunAsync(kept: 0);
        run.Write(run.Count);

        var arm = Follow(run).View().Arms[0];

        Assert.Equal(6, arm.Course.Count);
        Assert.Equal([1, 2, 3, 4, 5, 6], arm.Course.Select(static p => p[0]));
        double[] now = [arm.Accuracy!.Value, arm.Low!.Value, arm.High!.Value];
        Assert.Equal([6, .. now.Select(static value => Math.Round(value, 4))], arm.Course[^1]);
        Assert.True(arm.Course[^1][3] - arm.Course[^1][2] < arm.Course[0][3] - arm.Course[0][2]);
    }

    [Fact]
    public async Task Pace_and_time_left_follow_the_clock()
    {
        var run = await RunAsync(kept: 0);
        var record = await FirstRecordAsync(run);
        var start = RunFiles.ReadHeader(run.Directory)!.Sessions[^1];
        for (var i = 1; i <= 6; i++)
            run.Append(record with { Problem = $"p{i}", Finished = start.AddSeconds(10 * i) });
        var followed = Follow(run);

        _time.SetUtcNow(start.AddMinutes(1));
        var view = followed.View();
        _time.SetUtcNow(start.AddMinutes(2));
        var later = followed.View();

        Assert.Equal((6.0, 120.0), (view.PerMinute, view.SecondsLeft)); // 12 of 18 units are left
        Assert.Equal((3.0, 240.0), (later.PerMinute, later.SecondsLeft));
        Assert.Equal(6, view.Arms[0].PerMinute);
        Assert.Null(view.Arms[1].PerMinute);
    }

    [Fact]
    public async Task A_unit_that_is_run_again_replaces_its_error()
    {
        var run = await RunAsync(kept: 0);
        var record = await FirstRecordAsync(run);
        var followed = Follow(run);
        run.Append(record with { Status = SampleStatus.Error, Error = "The disk\u001b[31m <b>failed</b>", Answer = null });

        var failed = followed.View();
        run.Append(record);
        var repeated = followed.View();

        Assert.Equal((1, 1, 0.0), (failed.Finished, failed.Errors, failed.Arms[0].Accuracy));
        var error = Assert.Single(failed.NewestErrors);
        Assert.Equal(("direct", "p1", 0), (error.Arm, error.Problem, error.Sample));
        Assert.Contains("<b>failed</b>", error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error.Text);
        Assert.Equal((1, 0, 1.0), (repeated.Finished, repeated.Errors, repeated.Arms[0].Accuracy));
        Assert.Empty(repeated.NewestErrors);
    }

    [Fact]
    public async Task The_newest_problems_come_first_with_the_arms_that_finished_them()
    {
        var run = await RunAsync(kept: 5);
        var followed = Follow(run);

        var view = followed.View();

        Assert.Equal(["p2", "p1"], view.Recent.Select(static r => r.Problem));
        Assert.Equal([[0, 0], [1, 0]], view.Recent[0].Units); // both are right on p2
        Assert.Equal([0, 1, 2], view.Recent[1].Units.Select(static u => u[0]));
        Assert.Equal("p2", followed.Find(new UnitKey("p2", "cot", 0))!.Problem);
        Assert.Null(followed.Find(new UnitKey("p2", "tools", 0)));
    }

    [Fact]
    public async Task Only_some_problems_and_errors_are_kept_and_all_are_counted()
    {
        const int Many = 40;
        var run = await RunAsync(kept: 0);
        JsonNode[] ids = [.. Enumerable.Range(0, Many).Select(static i => (JsonNode)$"q{i}")];
        Rewrite(run.Directory, header => header["problem_ids"] = new JsonArray(ids));
        var record = await FirstRecordAsync(run);
        for (var i = 0; i < Many; i++)
            run.Append(record with { Problem = $"q{i}", Status = SampleStatus.Error, Error = $"error {i}" });

        var view = Follow(run).View();

        Assert.Equal((Many, Many), (view.Finished, view.Errors));
        Assert.Equal(RecentUnits.MostProblems, view.Recent.Count);
        Assert.Equal(RecentUnits.MostErrors, view.NewestErrors.Count);
        Assert.Equal("error 39", view.NewestErrors[0].Text);
    }

    [Fact]
    public async Task Units_that_the_run_does_not_plan_are_left_out()
    {
        var run = await RunAsync(kept: 1);
        var record = await FirstRecordAsync(run);
        run.Append(record with { Problem = "other" });
        run.Append(record with { Arm = "other" });
        run.Append(record with { Sample = 1 });
        run.Append(record with { Sample = -1 });

        Assert.Equal(1, Follow(run).View().Finished);
    }

    [Fact]
    public async Task A_damaged_line_is_said_and_keeps_the_report_away()
    {
        var run = await RunAsync(kept: 0);
        run.Append("{broken\n");
        run.Write(run.Count);

        var view = Follow(run).View();

        Assert.Equal(RunCondition.Finished, view.Condition);
        Assert.False(view.HasReport);
        Assert.Contains("units.jsonl:1: ", view.Damage, StringComparison.Ordinal);
        Assert.Contains("Remove the line", view.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_of_the_first_header_version_is_followed()
    {
        var run = await RunAsync(kept: 4);
        Rewrite(run.Directory, header =>
        {
            header["v"] = 1;
            header.Remove("facts");
            header["model"] = new JsonObject { ["name"] = "old" };
        });
        File.Delete(RunFiles.WriterPath(run.Directory));

        var view = Follow(run).View();

        Assert.Equal(("old", 4, RunCondition.Running), (view.Model, view.Finished, view.Condition));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("{", "the text is not valid JSON")]
    [InlineData("{\"v\":99}", "Use a newer cogtools")]
    public async Task A_header_that_cannot_be_read_is_the_state_and_a_repaired_one_is_read(string text, string expected)
    {
        var run = await RunAsync(kept: 3);
        var followed = Follow(run);
        var path = RunFiles.HeaderPath(run.Directory);
        var good = await File.ReadAllTextAsync(path, Token);
        Assert.Equal(3, followed.Line().Finished);

        await File.WriteAllTextAsync(path, text, Token);
        var (line, view) = (followed.Line(), followed.View());
        await File.WriteAllTextAsync(path, good, Token);

        Assert.Equal((RunCondition.Unreadable, 0), (line.Condition, line.Finished));
        Assert.Contains("run.json", line.State, StringComparison.Ordinal);
        Assert.Contains(expected, line.State, StringComparison.Ordinal);
        Assert.Equal(line.State, view.State);
        Assert.Equal(3, followed.View().Finished);
    }

    [Fact]
    public async Task A_header_without_arms_is_damage()
    {
        var run = await RunAsync(kept: 1);
        Rewrite(run.Directory, static header =>
        {
            header["suite"]!["arms"] = new JsonArray();
            header["facts"]!["arms"] = new JsonObject();
        });

        var line = Follow(run).Line();

        Assert.Equal(RunCondition.Unreadable, line.Condition);
        Assert.Contains("the suite has no arm", line.State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_resumed_with_more_samples_has_more_units()
    {
        var run = await RunAsync(kept: 18);
        var followed = Follow(run);
        Assert.Equal(RunCondition.Finished, followed.View().Condition);

        await SampleRuns.SmallAsync(run.Directory, samples: 1, Token);
        Rewrite(run.Directory, static header => header["suite"]!["samples"] = 2);
        var view = followed.View();

        Assert.Equal((18, 36, RunCondition.Running), (view.Finished, view.Planned, view.Condition));
    }

    [Fact]
    public async Task A_folder_that_was_removed_is_said()
    {
        var run = await RunAsync(kept: 1);
        var followed = Follow(run);
        Directory.Delete(run.Directory, recursive: true);

        var line = followed.Line();

        Assert.Equal(RunCondition.Unreadable, line.Condition);
        Assert.Contains("holds no run", line.State, StringComparison.Ordinal);
    }

    private FollowedRun Follow(RunInSteps run) => new("run", run.Directory, _time);

    private async Task<RunInSteps> RunAsync(int kept, int samples = 1) =>
        new(await SampleRuns.SmallAsync(_folder.File("run"), samples, Token), kept);

    private static async Task<UnitRecord> FirstRecordAsync(RunInSteps run)
    {
        var copy = run.Directory + "-first";
        Directory.CreateDirectory(copy);
        await File.WriteAllTextAsync(RunFiles.UnitsPath(copy), run.First, Token);
        return RunFiles.ReadUnits(copy).Units.Values.Single();
    }

    private static void Rewrite(string directory, Action<JsonObject> change)
    {
        var path = RunFiles.HeaderPath(directory);
        var header = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(header);
        File.WriteAllText(path, header.ToJsonString());
    }
}
