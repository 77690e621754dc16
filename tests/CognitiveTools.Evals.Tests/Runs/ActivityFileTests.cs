using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Evals.Tests.Runs;

public sealed class ActivityFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_writes_what_its_units_have_produced_and_removes_it_at_the_end()
    {
        var (began, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var catalog = ScriptedReasoner.Catalog(("cot", new ScriptedReasoner(async (question, options, token) =>
        {
            options.TextObserver!.Report(new TextPiece($"Working on {question.Id}", IsThought: false));
            began.TrySetResult();
            await go.Task.WaitAsync(token);
            return ScriptedReasoner.Said("ANSWER: 1");
        })));
        var suite = Suite.FromArms("cot", "scripted");
        var running = EvalRun.ExecuteAsync(
            suite, [new Problem("p1", "?", "1")], catalog, new RunOptions { Directory = _folder.Root, Time = _time }, null, Token);
        await began.Task.WaitAsync(Token);
        _time.Advance(ActivityFile.Period);

        var activity = ActivityFile.Read(_folder.Root)!;
        go.SetResult();
        var result = await running;

        Assert.Equal(_time.GetUtcNow(), activity.Written);
        Assert.Equal(new WorkerActivity(RunWriter.NameOfThis, InProgress: 1, Finished: 0), Assert.Single(activity.Workers));
        var unit = Assert.Single(activity.Units);
        Assert.Equal(("p1", "cot", 0, 1.0), (unit.Problem, unit.Arm, unit.Sample, unit.Seconds));
        Assert.Equal("Working on p1", Assert.Single(unit.Parts).Text);
        Assert.True(result.Complete);
        Assert.False(File.Exists(RunFiles.ActivityPath(_folder.Root)));
    }

    [Fact]
    public void Units_that_ended_are_counted_and_the_oldest_are_named_first()
    {
        var units = new UnitsInProgress(_time);
        foreach (var problem in new[] { "p1", "p2", "p3" })
        {
            units.Begin(new UnitKey(problem, "cot", 0));
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        units.End(new UnitKey("p1", "cot", 0));

        Assert.Equal((2, 1), (units.Count, units.Finished));
        Assert.Equal([("p2", 4.0)], units.Oldest(1).Select(static u => (u.Problem, u.Seconds)));
        Assert.Empty(units.Oldest(0));
    }

    [Fact]
    public async Task Units_may_begin_and_end_while_they_are_read()
    {
        var units = new UnitsInProgress(TimeProvider.System);
        var working = Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(
            () =>
            {
                for (var i = 0; i < 20_000; i++)
                {
                    var key = new UnitKey(FormattableString.Invariant($"p{i}"), FormattableString.Invariant($"arm {worker}"), 0);
                    units.Begin(key).Report(new TextPiece("text", IsThought: false));
                    if (i % 8 != 0)
                        units.End(key);
                }
            },
            Token)));
        while (!working.IsCompleted)
            Assert.InRange(units.Oldest(12).Count, 0, 12);
        await working;

        Assert.Equal((10_000, 70_000), (units.Count, units.Finished));
        Assert.Equal(12, units.Oldest(12).Count);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_ends_nothing()
    {
        var looks = 0;
        RunActivity Look() => new(_time.GetUtcNow(), [], [new("p", "a", looks++, 0, 0, [])]);
        using (new ActivityFile(_folder.File("missing"), _time, Look))
        {
            _time.Advance(ActivityFile.Period);
            Directory.CreateDirectory(_folder.File("missing"));
            _time.Advance(ActivityFile.Period);

            Assert.Equal(1, ActivityFile.Read(_folder.File("missing"))!.Units[0].Sample);
        }

        Assert.Null(ActivityFile.Read(_folder.File("missing")));
    }
}
