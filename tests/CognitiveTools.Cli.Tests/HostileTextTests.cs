using System.Text.Json;

namespace CognitiveTools.Cli.Tests;

/// <summary>
/// Names, ids, answers and file contents that try to steer the terminal, on every command that prints them: no control character
/// but line feed and tab comes out, no character that turns the line, and no line that a name began.
/// </summary>
public sealed class HostileTextTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private const string Evil = "\u001b[31mred\u001b[2J\u001b]0;title\u0007\u0008\u009b2K\r\nINJECTED\u202e\u2066x\u2028y\u007f"
        + "|<script>alert(1)</script>";

    // What the command line's own parser refuses it repeats line by line; it comes from the user alone.
    private const string Steering = "\u001b[31mred\u001b[2J\u001b]0;title\u0007\u009b2K\u202e\u007f";

    private static readonly string[] Formats = ["csv", "markdown", "latex", "json"];

    [Fact]
    public async Task Every_command_on_a_stored_run_prints_foreign_names_without_obeying_them()
    {
        var (problems, responses, run) = (files.PathOf("evil.jsonl"), files.PathOf("evil-responses.jsonl"), files.PathOf("evil-run"));
        await WriteAsync(problems, Enumerable.Range(0, 3).Select(
            i => new { id = $"{Evil}{i}", problem = $"{Evil}?", answer = "5", topic = Evil, cluster = Evil, source = Evil }));
        await WriteAsync(responses, Enumerable.Range(0, 3).SelectMany(i => new[]
        {
            new { id = $"{Evil}{i}", arm = $"+{Evil}", text = $"{Evil}\nANSWER: {i + 4}", finish_reason = i == 2 ? "length" : Evil },
            new { id = $"{Evil}{i}", arm = $"second {Evil}", text = $"ANSWER: 5 {Evil}", finish_reason = "stop" },
        }).SkipLast(1));

        await CleanAsync(0, "grade", "-p", problems, "-r", responses, "--run", run, "--answers", "integer", "--details");
        await CleanAsync(0, "grade", "-p", problems, "-r", responses, "--run", run, "--answers", "integer", "--json");
        await CleanAsync(0, "run", "report", run, "--details");
        await CleanAsync(0, "run", "report", run, "--json");
        await CleanAsync(0, "run", "list", Path.GetDirectoryName(run)!);
        await CleanAsync(0, "run", "compare", run, "--arms", $"+{Evil}=second {Evil}");
        await CleanAsync(0, "run", "regrade", run, "--answers", "integer-lenient", "--out", files.PathOf("evil-regraded"), "--details");
        await CleanAsync(0, "run", "regrade", run, "--answers", "text");
        await CleanAsync(0, "run", "replay", run, "--show-trace");
        foreach (var format in Formats)
            await CleanAsync(0, "run", "export", run, "--format", format);

        var units = await File.ReadAllTextAsync(Path.Combine(run, "units.jsonl"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(run, "units.jsonl"),
            units.Replace("\"incorrect\"", "\"correct\"", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        Assert.Contains("RECORD DIFFERS", (await CleanAsync(1, "run", "replay", run)).Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(run, "units.jsonl"), $"{{\"{JsonEncodedText.Encode(Evil)}\": 1}}\n", TestContext.Current.CancellationToken);
        await CleanAsync(1, "run", "list", Path.GetDirectoryName(run)!);
        await CleanAsync(2, "run", "report", run);
    }

    [Fact]
    public async Task A_suite_of_hostile_names_runs_and_prints_clean()
    {
        var (problems, suite) = (files.PathOf("evil-problems.jsonl"), files.PathOf("evil.yaml"));
        await WriteAsync(problems, [new { id = Evil, problem = $"What is 2 + 3? {Evil}", answer = "5", topic = Evil }]);
        var name = JsonSerializer.Serialize(Evil);
        await File.WriteAllTextAsync(
            suite,
            $"""
            name: {name}
            model: {JsonSerializer.Serialize(files.Model)}
            problems: evil-problems.jsonl
            baseline: {name}
            arms:
              - name: {name}
                reasoner: direct
              - name: "=x"
                reasoner: cot

            """,
            TestContext.Current.CancellationToken);

        await CleanAsync(
            null, "eval", "--suite", suite, "--run", files.PathOf("evil-eval"), "--max-tokens", "4", "--threads", "1", "--details");
        await CleanAsync(
            null, "eval", "--suite", suite, "--run", files.PathOf("evil-dry"), "--max-tokens", "4", "--threads", "1", "--dry-run");
        await CleanAsync(null, "ask", Evil, "-m", files.Model, "--max-tokens", "4", "--threads", "1", "--show-trace");
    }

    public static TheoryData<string[]> WrongInputs =>
    [
        new[] { "ask", "x", "--reasoner", Evil },
        new[] { "eval", "--suite", Evil },
        new[] { "eval", "-a", Evil, "-p", Evil },
        new[] { "run", "report", Evil },
        new[] { "run", "list", Evil },
        new[] { "run", "compare", Evil, Evil },
        new[] { "run", "export", Evil, "--format", Steering },
        new[] { "run", "regrade", Evil },
        new[] { "run", "replay", Evil },
        new[] { "grade", "-p", Evil, "-r", Evil },
        new[] { "models", "get", Evil },
        new[] { "models", "path", Evil },
        new[] { "data", "import", Evil, "--from", Evil },
        new[] { "data", "generate", Steering },
        new[] { "data", "check-traces", Evil, "-p", Evil },
        new[] { "ask", "x", "-m", Evil },
        new[] { Steering },
        new[] { "ask", "x", $"--{Steering}" },
        new[] { "ask", "x", "--max-tokens", Steering },
    ];

    [Theory]
    [MemberData(nameof(WrongInputs))]
    public async Task Errors_repeat_what_was_given_without_obeying_it(string[] arguments) => await CleanAsync(null, arguments);

    [Theory]
    [InlineData("p.jsonl", "{\"id\": \"EVIL\", \"EVIL\": 1}\n")]
    [InlineData("p.jsonl", "{\"id\": \"EVIL\", \"problem\": \"x\", \"answer\": \"EVIL\"}\n")]
    [InlineData(
        "p.jsonl",
        "{\"id\": \"EVIL\", \"problem\": \"x\", \"answer\": \"1\"}\n{\"id\": \"EVIL\", \"problem\": \"x\", \"answer\": \"1\"}\n")]
    [InlineData("p.jsonl", "RAW")]
    [InlineData("p.csv", "RAW;a;b\n")]
    public async Task Errors_of_problem_files_are_clean(string name, string content)
    {
        var (problems, responses) = (files.PathOf(name), files.PathOf("some-responses.jsonl"));
        await File.WriteAllTextAsync(
            problems,
            content.Replace("EVIL", JsonEncodedText.Encode(Evil).ToString(), StringComparison.Ordinal).Replace(
                "RAW", Evil.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await WriteAsync(responses, [new { id = Evil, text = "ANSWER: 1" }]);

        await CleanAsync(2, "grade", "-p", problems, "-r", responses, "--run", files.PathOf("never"));
    }

    [Theory]
    [InlineData("? &a [*a]\n: 1\n")]
    [InlineData("arms: [direct]\nEVIL: 1\n")]
    [InlineData("arms: [EVIL]\n")]
    [InlineData("arms: [direct]\nbudget: {wallTimeSeconds: 1e300}\n")]
    [InlineData("arms: [direct]\nanswers: EVIL\n")]
    public async Task Errors_of_suites_are_clean(string content)
    {
        var suite = files.PathOf("broken.yaml");
        await File.WriteAllTextAsync(
            suite,
            content.Replace("EVIL", JsonSerializer.Serialize(Evil), StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        await CleanAsync(2, "eval", "--suite", suite);
    }

    private static async Task WriteAsync<T>(string path, IEnumerable<T> rows) =>
        await File.WriteAllLinesAsync(path, rows.Select(row => JsonSerializer.Serialize(row)), TestContext.Current.CancellationToken);

    private static async Task<CommandRun> CleanAsync(int? exitCode, params string[] arguments)
    {
        var run = await CommandRun.OfAsync(arguments);
        foreach (var text in new[] { run.Output, run.Error })
        {
            Assert.DoesNotContain(text, c => (char.IsControl(c) && c is not ('\n' or '\t')) || c is '\u202e' or '\u2066' or '\u2028');
            Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith("INJECTED", StringComparison.Ordinal));
        }

        if (exitCode is { } code)
            Assert.True(code == run.ExitCode, $"{string.Join(' ', arguments)}: {run.ExitCode} {run.Error}");
        return run;
    }
}
