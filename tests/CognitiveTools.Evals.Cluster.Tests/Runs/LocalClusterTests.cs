using System.Text.RegularExpressions;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Cluster.Runs;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Cluster.Tests.Runs;

/// <summary>A cluster of one process makes the run that the harness makes without one.</summary>
public sealed partial class LocalClusterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_records_are_those_of_a_run_without_a_cluster()
    {
        var (suite, problems) = (ScriptedRuns.Suite, ScriptedRuns.Problems(40));
        await EvalRun.ExecuteAsync(suite, problems, ScriptedRuns.Catalog(), Options("local"), null, Token);
        var events = new EventList();
        var result = await ClusterRun.ExecuteAsync(
            suite, problems, _ => ScriptedRuns.Catalog(), Options("cluster"), new EvalClusterOptions(), events, Token);

        Assert.True(result.Complete);
        Assert.Contains(result.Units, static unit => unit.Status == SampleStatus.Incorrect);
        Assert.Equal(Lines("local"), Lines("cluster"));
        Assert.Equal(Transcripts("local"), Transcripts("cluster"));
        Assert.Equal(160, events.Of<UnitFinished>().Select(static e => e.Record.Key).Distinct().Count());
        Assert.Equal(160, events.Of<UnitFinished>().Count);
        Assert.Single(events.Of<RunStarted>());
        Assert.Null(Assert.Single(events.Of<RunFinished>()).Stopped);
    }

    [Fact]
    public async Task A_run_begun_without_a_cluster_is_resumed_on_one_and_the_other_way_round()
    {
        var (suite, problems) = (ScriptedRuns.Suite, ScriptedRuns.Problems(20));
        var stopping = Options("run") with { Concurrency = 1, Limits = new RunLimits { Positions = 300 } };
        var first = await EvalRun.ExecuteAsync(suite, problems, ScriptedRuns.Catalog(), stopping, null, Token);
        Assert.False(first.Complete);
        var calls = 0;
        var second = await ClusterRun.ExecuteAsync(
            suite,
            problems,
            _ => ScriptedRuns.Catalog(_ => Interlocked.Increment(ref calls)),
            stopping,
            new EvalClusterOptions(),
            null,
            Token);

        Assert.False(second.Complete);
        Assert.Contains("300 positions", second.Stopped, StringComparison.Ordinal);
        Assert.Equal(second.Units.Count, first.Units.Count + calls);
        var third = await EvalRun.ExecuteAsync(suite, problems, ScriptedRuns.Catalog(), Options("run"), null, Token);
        Assert.True(third.Complete);
        Assert.Equal(80, Lines("run").Length);
    }

    [Fact]
    public async Task The_run_s_folder_says_what_its_workers_write()
    {
        var (suite, problems) = (ScriptedRuns.Suite, ScriptedRuns.Problems(20));
        var seen = new TaskCompletionSource();
        var running = ClusterRun.ExecuteAsync(
            suite,
            problems,
            _ => ScriptedRuns.Catalog(_ => seen.Task, says: "I think"),
            Options("run"),
            new EvalClusterOptions(),
            null,
            Token);
        RunActivity? activity = null;
        while (activity is not { Units.Count: 4 } && !running.IsCompleted)
        {
            await Task.Delay(100, Token);
            activity = ActivityFile.Read(Path.Combine(_folder.Root, "run"));
        }

        seen.SetResult();
        await running;

        Assert.InRange(Assert.Single(activity!.Workers).InProgress, 4, 80);
        Assert.All(activity.Units, static unit => Assert.Equal("I think", Assert.Single(unit.Parts).Text));
        Assert.Null(ActivityFile.Read(Path.Combine(_folder.Root, "run")));
    }

    [Fact]
    public async Task A_run_that_another_process_writes_is_refused_with_its_owner()
    {
        var (suite, problems) = (ScriptedRuns.Suite, ScriptedRuns.Problems(2));
        Directory.CreateDirectory(Path.Combine(_folder.Root, "run"));
        using var writer = RunLock.Take(Path.Combine(_folder.Root, "run"), TimeProvider.System);

        var refused = await Assert.ThrowsAsync<IOException>(() => ClusterRun.ExecuteAsync(
            suite, problems, _ => ScriptedRuns.Catalog(), Options("run"), new EvalClusterOptions(), null, Token));

        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_cancellation_units_in_flight_are_finished_and_written()
    {
        var (suite, problems) = (ScriptedRuns.Suite, ScriptedRuns.Problems(50));
        using var cancel = new CancellationTokenSource();
        var waiting = new TaskCompletionSource();
        var begun = 0;
        var catalog = ScriptedRuns.Catalog(async _ =>
        {
            if (Interlocked.Increment(ref begun) == 4)
            {
                await cancel.CancelAsync();
                waiting.SetResult();
            }

            await waiting.Task;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ClusterRun.ExecuteAsync(
            suite, problems, _ => catalog, Options("run"), new EvalClusterOptions(), null, cancel.Token));

        Assert.Equal(begun, Lines("run").Length);
        Assert.InRange(begun, 4, 8);
    }

    private RunOptions Options(string name) => new() { Directory = Path.Combine(_folder.Root, name), Concurrency = 4 };

    // Without what differs between two runs of the same: times, and the order in which units end.
    private string[] Lines(string name) =>
    [
        .. File.ReadAllLines(Path.Combine(_folder.Root, name, "units.jsonl"))
            .Select(static line => Times().Replace(line, "")).Order(StringComparer.Ordinal),
    ];

    private string[] Transcripts(string name) =>
    [
        .. Directory.GetFiles(Path.Combine(_folder.Root, name, "transcripts")).Order(StringComparer.Ordinal)
            .Select(static file => Path.GetFileName(file) + File.ReadAllText(file)),
    ];

    [GeneratedRegex("""
        ,"(ms|finished)":("[^"]*"|[\d.E-]+)
        """)]
    private static partial Regex Times();
}
