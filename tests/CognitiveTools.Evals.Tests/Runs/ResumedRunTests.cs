using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Runs;
/// <summary>Runs that are stopped, damaged, continued or refused.</summary>
public sealed class ResumedRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_finished_run_is_not_run_again_and_more_samples_may_follow()
    {
        var reasoner = new ScriptedReasoner(_ => "ANSWER: 1");
        var suite = Suite.FromArms("direct") with { Temperature = 1 };
        var catalog = ScriptedReasoner.Catalog(("direct", reasoner));

        await Run(suite, catalog);
        var again = await Run(suite, catalog);
        Assert.Equal(2, reasoner.Calls);
        Assert.Equal(2, again.Header.Sessions.Count);

        var more = await Run(suite with { Samples = 3 }, catalog);
        Assert.Equal(6, reasoner.Calls);
        Assert.Equal(6, more.Units.Count);
        Assert.Equal(6, RunResult.Load(Options.Directory).Units.Count);
    }

    [Fact]
    public async Task Errors_stay_finished_unless_asked_to_be_run_again()
    {
        var broken = true;
        var reasoner = new ScriptedReasoner((_, _, _) => broken
            ? throw new InvalidOperationException("down")
            : Task.FromResult(ScriptedReasoner.Said("ANSWER: 1")));
        var catalog = ScriptedReasoner.Catalog(("direct", reasoner));
        await Run(Suite.FromArms("direct"), catalog);
        broken = false;

        var kept = await Run(Suite.FromArms("direct"), catalog);
        Assert.All(kept.Units, u => Assert.Equal(SampleStatus.Error, u.Status));

        var retried = await Run(Suite.FromArms("direct"), catalog, Options with { RetryErrors = true });
        Assert.Equal([SampleStatus.Correct, SampleStatus.Incorrect], retried.Units.Select(u => u.Status));
        Assert.Equal(retried.Units.Select(u => u.Status), RunResult.Load(Options.Directory).Units.Select(u => u.Status));
    }

    [Fact]
    public async Task The_caller_s_cancellation_stops_the_run_and_keeps_what_is_finished()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reasoner = new ScriptedReasoner(async (q, _, token) =>
        {
            if (q.Id == "p2")
                await cancel.CancelAsync();
            token.ThrowIfCancellationRequested();
            return ScriptedReasoner.Said("ANSWER: 1");
        });
        var catalog = ScriptedReasoner.Catalog(("direct", reasoner));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            EvalRun.ExecuteAsync(Suite.FromArms("direct"), Problems, catalog, Options, cancellationToken: cancel.Token));

        var partial = RunResult.Load(Options.Directory);
        Assert.False(partial.Complete);
        Assert.Equal("p1", Assert.Single(partial.Units).Problem);
        Assert.True((await Run(Suite.FromArms("direct"), Catalog(_ => "ANSWER: 1"))).Complete);
    }

    [Fact]
    public async Task A_torn_last_line_is_cut_off_and_its_unit_run_again()
    {
        await Run(Suite.FromArms("direct"), Catalog(_ => "ANSWER: 1"));
        var path = Path.Combine(Options.Directory, "units.jsonl");
        var bytes = await File.ReadAllBytesAsync(path, Token);
        await File.WriteAllBytesAsync(path, bytes[..^20], Token);
        var reasoner = new ScriptedReasoner(_ => "ANSWER: 2");

        var result = await Run(Suite.FromArms("direct"), ScriptedReasoner.Catalog(("direct", reasoner)));

        Assert.Equal(1, reasoner.Calls);
        Assert.Equal([SampleStatus.Correct, SampleStatus.Correct], result.Units.Select(u => u.Status));
        Assert.Equal(2, (await File.ReadAllLinesAsync(path, Token)).Length);
    }

    [Fact]
    public async Task A_damaged_line_is_an_error_that_names_it()
    {
        await Run(Suite.FromArms("direct"), Catalog(_ => "ANSWER: 1"));
        var path = Path.Combine(Options.Directory, "units.jsonl");
        await File.WriteAllTextAsync(path, "{\"v\":1}\n" + await File.ReadAllTextAsync(path, Token), Token);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => Run(Suite.FromArms("direct"), Catalog(_ => "")));

        Assert.Contains("units.jsonl:1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_of_a_newer_version_is_refused()
    {
        await Run(Suite.FromArms("direct"), Catalog(_ => "ANSWER: 1"));
        var path = Path.Combine(Options.Directory, "units.jsonl");
        var header = await File.ReadAllTextAsync(path, Token);
        await File.WriteAllTextAsync(path, header.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal), Token);

        var exception = Assert.Throws<InvalidDataException>(() => RunResult.Load(Options.Directory));

        Assert.Contains("newer cogtools", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_run_s_directory_is_refused_with_what_differs()
    {
        var options = Options with { Facts = new Dictionary<string, string> { ["sha256"] = "aa" } };
        await Run(Suite.FromArms("direct"), Catalog(_ => "ANSWER: 1"), options);

        var other = Suite.FromArms("direct") with { Seed = 7 };
        var seed = await Assert.ThrowsAsync<InvalidOperationException>(() => Run(other, Catalog(_ => ""), options));
        Assert.Contains("seed was 0 and is 7", seed.Message, StringComparison.Ordinal);
        Assert.Contains("--run", seed.Message, StringComparison.Ordinal);
        var model = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Run(Suite.FromArms("direct"), Catalog(_ => ""), options with { Facts = new Dictionary<string, string> { ["sha256"] = "bb" } }));
        Assert.Contains("given sha256 was aa and is bb", model.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_writer_is_kept_out_and_told_who_writes()
    {
        var inside = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var slow = new ScriptedReasoner(async (_, _, _) =>
        {
            inside.TrySetResult();
            await release.Task;
            return ScriptedReasoner.Said("ANSWER: 1");
        });
        var first = Run(Suite.FromArms("direct"), ScriptedReasoner.Catalog(("direct", slow)));
        await Task.WhenAny(inside.Task, first);

        var exception = await Assert.ThrowsAsync<IOException>(() => Run(Suite.FromArms("direct"), Catalog(_ => "")));

        release.SetResult();
        Assert.Contains($"process {Environment.ProcessId}", exception.Message, StringComparison.Ordinal);
        Assert.True((await first).Complete);
    }

    private RunOptions Options => new() { Directory = _folder.File("run") };

    private static Problem[] Problems => [new("p1", "What is 0 + 1?", "1"), new("p2", "What is 1 + 1?", "2")];

    private static ReasonerCatalog Catalog(Func<Question, string> answer) =>
        ScriptedReasoner.Catalog(("direct", new ScriptedReasoner(answer)), ("cot", new ScriptedReasoner(answer)));

    private Task<RunResult> Run(Suite suite, ReasonerCatalog catalog, RunOptions? options = null, IProgress<RunEvent>? progress = null) =>
        EvalRun.ExecuteAsync(suite, Problems, catalog, options ?? Options, progress, Token);
}
