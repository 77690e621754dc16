using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Runs;

public sealed class RunLimitTests : IDisposable
{
    private static readonly Problem[] Problems = [.. Enumerable.Range(0, 40).Select(i => new Problem($"p{i}", $"{i}?", "1"))];

    private readonly TemporaryFolder _folder = new();

    private RunOptions Options => new() { Directory = _folder.File("run") };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_limit_of_positions_stops_the_session_and_the_next_one_goes_on()
    {
        var reasoner = new ScriptedReasoner(_ => "ANSWER: 1"); // 30 positions a unit

        var first = await Run(reasoner, Options with { Limits = new RunLimits { Positions = 100 } });
        Assert.Equal((4, false), (first.Units.Count, first.Complete));
        Assert.Equal("the limit of 100 positions was reached", first.Stopped);

        var second = await Run(reasoner, Options);
        Assert.True(second.Complete);
        Assert.Null(second.Stopped);
        Assert.Equal(40, reasoner.Calls);
    }

    [Fact]
    public async Task A_session_stops_when_too_many_units_fail()
    {
        var reasoner = new ScriptedReasoner((q, _, _) => int.Parse(q.Id[1..]) % 5 < 3
            ? throw new InvalidOperationException("the model is gone")
            : Task.FromResult(ScriptedReasoner.Said("ANSWER: 1")));

        var stopped = await Run(reasoner, Options);
        Assert.Equal(RunLimits.FewestForErrorShare, stopped.Units.Count);
        Assert.Contains(
            "12 of 20 units failed, more than 50%; the first error: the model is gone",
            stopped.Stopped,
            StringComparison.Ordinal);

        Assert.True((await Run(reasoner, Options with { Limits = new RunLimits { ErrorShare = 1 } })).Complete);
    }

    [Fact]
    public async Task A_unit_made_under_the_same_conditions_comes_from_the_cache()
    {
        var reasoner = new ScriptedReasoner(_ => "ANSWER: 1");
        var options = Options with { Cache = _folder.File("cache") };
        var first = await Run(reasoner, options);

        var second = await Run(reasoner, options with { Directory = _folder.File("second") });

        Assert.Equal(40, reasoner.Calls);
        Assert.All(first.Units, u => Assert.False(u.FromCache));
        Assert.All(second.Units, u => Assert.True(u.FromCache));
        Assert.Equal(first.Units.Select(u => u.Transcript), second.Units.Select(u => u.Transcript));
        Assert.Equal(first.Units.Select(u => (u.Status, u.Answer, u.Ms)), second.Units.Select(u => (u.Status, u.Answer, u.Ms)));
    }

    [Fact]
    public async Task Another_fact_or_sample_is_run_again_and_the_rest_comes_from_the_cache()
    {
        var reasoner = new ScriptedReasoner(_ => "ANSWER: 1");
        var options = Options with { Cache = _folder.File("cache") };
        var suite = Suite.FromArms("direct") with { Temperature = 1 };
        await Run(reasoner, options, suite);

        var other = options with { Directory = _folder.File("b"), Facts = new Dictionary<string, string> { ["sha256"] = "other" } };
        await Run(reasoner, other, suite);
        Assert.Equal(80, reasoner.Calls);

        // lm-evaluation-harness #3046, #3715, #3839: a cache that ignores the sample index gives every repeat the first one's text.
        var more = await Run(reasoner, options with { Directory = _folder.File("e") }, suite with { Samples = 2 });
        Assert.Equal(120, reasoner.Calls);
        Assert.Equal(40, more.Units.Count(u => u.FromCache));
    }

    [Fact]
    public async Task A_failed_unit_is_never_cached_and_a_torn_entry_is_run_again()
    {
        var broken = true;
        var reasoner = new ScriptedReasoner((_, _, _) =>
            Task.FromResult(ScriptedReasoner.Said("ANSWER: 1", broken ? StopReason.Failed : StopReason.Completed)));
        var options = Options with { Cache = _folder.File("cache"), Limits = new RunLimits { ErrorShare = 1 } };
        await Run(reasoner, options);
        broken = false;
        var again = await Run(reasoner, options with { Directory = _folder.File("b") });
        Assert.All(again.Units, u => Assert.Equal(SampleStatus.Correct, u.Status));

        foreach (var file in Directory.EnumerateFiles(_folder.File("cache"), "*", SearchOption.AllDirectories))
        {
            var content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(file, content[..60], TestContext.Current.CancellationToken);
        }

        Assert.All((await Run(reasoner, options with { Directory = _folder.File("c") })).Units, u => Assert.False(u.FromCache));
    }

    private static Task<RunResult> Run(ScriptedReasoner reasoner, RunOptions options, Suite? suite = null) => EvalRun.ExecuteAsync(
        suite ?? Suite.FromArms("direct"),
        Problems,
        ScriptedReasoner.Catalog(("direct", reasoner)),
        options,
        cancellationToken: TestContext.Current.CancellationToken);
}
