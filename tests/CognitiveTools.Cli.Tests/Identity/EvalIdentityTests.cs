using CognitiveTools.Cli.Eval;
using CognitiveTools.Evals.Runs;
using CognitiveTools.TestModels;

namespace CognitiveTools.Cli.Tests.Identity;

/// <summary>The identity of runs that the command line starts.</summary>
public sealed class EvalIdentityTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private static readonly Dictionary<string, string> DecideNothing = new(StringComparer.Ordinal)
    {
        ["--samples"] = "more samples may be added to a run",
        ["--baseline"] = "a table may be drawn against another arm",
        ["--run"] = "where the run is kept",
        ["--cache"] = "where finished units are kept",
        ["--concurrency"] = "parallelism",
        ["--retry-errors"] = "which units are run",
        ["--session-positions"] = "how far a session goes",
        ["--session-minutes"] = "how far a session goes",
        ["--run-positions"] = "the old name of --session-positions",
        ["--run-minutes"] = "the old name of --session-minutes",
        ["--max-error-share"] = "how far a session goes",
        ["--dry-run"] = "writes no run",
        ["--json"] = "how the summary is printed",
        ["--details"] = "how the summary is printed",
        ["--explain"] = "how the summary is printed",
        ["--threads"] = "HostOptionsTests: two threads of a tiny model wait for each other for minutes on a busy machine",
        ["--cache-type"] = "HostOptionsTests: needs a model whose heads have 32 elements",
        ["--backend"] = "what was loaded is recorded: version, instructions, devices",
        ["--natives"] = "what was loaded is recorded",
        ["--host"] = "the same results to the bit",
        ["--endpoint"] = "HostOptionsTests: needs a server",
        ["--endpoint-model"] = "HostOptionsTests: needs a server",
        ["--endpoint-key-variable"] = "who asks",
        ["--cluster"] = "who works: LocalClusterTests compare the verdicts",
        ["--cluster-name"] = "which workers find the run",
        ["--cluster-listen"] = "where workers reach it",
        ["--cluster-certificate"] = "how the connection is kept secret",
    };

    public static TheoryData<string> Options =>
        [.. EvalCommand.Create().Options.Select(option => option.Name).Where(
            name => name.StartsWith("--", StringComparison.Ordinal) && !DecideNothing.ContainsKey(name))];

    private static Task<string>? _base;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_reason_is_of_an_option_that_exists() =>
        Assert.All(DecideNothing.Keys, name => Assert.Contains(EvalCommand.Create().Options, option => option.Name == name));

    [Theory]
    [MemberData(nameof(Options))]
    public async Task An_option_that_can_change_a_result_changes_the_identity(string option)
    {
        string[] change = option switch
        {
            "--suite" => ["--suite", Suite(3)],
            "--problems" => ["--problems", Problems("other.jsonl", "What is 4 + 4, if you please?")],
            "--arms" => ["--arms", "cot"],
            "--model" => ["--model", TinyModel.Write(files.PathOf("other.gguf"), 8)],
            "--profile" => ["--profile", "paper"],
            "--answers" => ["--answers", "text"],
            "--deterministic" => ["--deterministic"],
            "--temperature" or "--timeout" => [option, "100"],
            "--gpu-layers" => [option, "0"],
            "--context" => [option, "900"],
            "--chat-template" => [option, "chatml"],
            "--take" or "--skip" or "--shuffle" or "--seed" or "--positions" or "--max-tokens" or "--thought-tokens" or "--tool-calls" =>
                [option, "1"],
            _ => throw new InvalidOperationException(
                $"{option} is new: say here how it is changed, or above why it cannot change a result."),
        };
        var options = new[] { ("--suite", Suite(2)), ("--model", files.Model), ("--threads", "1") };
        string[] basic = [.. options.Where(o => o.Item1 != change[0]).SelectMany(o => new[] { o.Item1, o.Item2 })];

        Assert.NotEqual(await BaseAsync(), await IdentityAsync([.. basic, .. change]));
    }

    [Fact]
    public async Task An_adapter_or_a_vector_that_changes_under_its_name_is_another_run()
    {
        var adapter = TinyAdapter.Write(files.PathOf("adapter.gguf"), 0.1f);
        string[] eval =
        [
            "eval", "-m", $"{files.Model}+lora={adapter}", "-p", files.Problems, "--take", "1", "-a", "direct", "--max-tokens", "2",
            "--threads", "1", "--run", files.PathOf("adapted"),
        ];
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync(eval)).ExitCode);

        TinyAdapter.Write(adapter, 0.3f);
        var refused = await CommandRun.OfAsync(eval);

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Contains("is another one: +lora=adapter.gguf has another content than it had (", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--run", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_arm_on_a_changed_model_is_played_again_and_found_identical()
    {
        var adapter = TinyAdapter.Write(files.PathOf("played.gguf"), 0.1f);
        var suite = files.PathOf("changed.yaml");
        await File.WriteAllTextAsync(
            suite,
            $$"""
            name: changed
            problems: {{files.Problems}}
            model: {{files.Model}}
            budget: {tokensPerTurn: 4}
            arms:
              - direct
              - {name: tuned, reasoner: cot, model: "{{files.Model}}+lora={{adapter}}@0.5"}
              - {name: set, reasoner: direct, model: "{{files.Model}}+set=llama.context_length:1000"}
            """,
            Token);
        Assert.Equal(
            ExitCodes.Success,
            (await CommandRun.OfAsync("eval", "--suite", suite, "--threads", "1", "--run", files.PathOf("changed"))).ExitCode);

        var replay = await CommandRun.OfAsync("run", "replay", files.PathOf("changed"));

        Assert.Equal((ExitCodes.Success, ""), (replay.ExitCode, replay.Error));
        Assert.Contains("9 units identical, 0 different.", replay.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shipped_comparison_of_depths_is_played_again()
    {
        NewerNatives.Require();
        var run = files.PathOf("depth");
        var suite = BundledFiles.Find("evals/suites/depth.yaml");
        Assert.Equal(
            ExitCodes.Success,
            (await CommandRun.OfAsync("eval", "--suite", suite, "--take", "1", "--threads", "1", "--run", run)).ExitCode);

        var replay = await CommandRun.OfAsync("run", "replay", run);

        Assert.Equal((ExitCodes.Success, ""), (replay.ExitCode, replay.Error));
        Assert.Contains("15 units identical, 0 different.", replay.Output, StringComparison.Ordinal);
    }

    // Once for all options: the class has one set of files.
    private Task<string> BaseAsync() => _base ??= IdentityAsync(["--suite", Suite(2), "--model", files.Model, "--threads", "1"]);

    private static async Task<string> IdentityAsync(string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("cogtools-identity-");
        try
        {
            var run = await CommandRun.OfAsync(
                ["eval", "--run", Path.Combine(folder.FullName, "run"), "--session-positions", "1", .. options]);
            Assert.True(run.ExitCode is ExitCodes.Success or ExitCodes.Attention, run.Error);
            var header = RunResult.Load(Path.Combine(folder.FullName, "run")).Header;
            return RunIdentity.Of(header.SuiteHash, header.Facts!);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private string Problems(string name, string question)
    {
        File.WriteAllText(files.PathOf(name), $$"""{"id": "p1", "problem": "{{question}}", "answer": "8"}""");
        return files.PathOf(name);
    }

    private string Suite(int tokens)
    {
        var path = files.PathOf($"suite-{tokens}.yaml");
        File.WriteAllText(path, $"name: base\nproblems: {files.Problems}\narms: [direct]\nbudget: {{tokensPerTurn: {tokens}}}\n");
        return path;
    }
}
