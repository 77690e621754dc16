using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;
using CsvHelper;
using Parquet.Serialization;

namespace CognitiveTools.Cli.Tests;

/// <summary>The commands on stored runs, on one run of the reference model.</summary>
public sealed class RunCommandsTests(RunCommandsTests.MiniRun mini) : IClassFixture<RunCommandsTests.MiniRun>
{
    [Fact]
    public async Task Replay_gives_identical_transcripts_and_says_which_units_have_no_exchange()
    {
        var replay = await CommandRun.OfAsync("run", "replay", mini.Run);

        Assert.Equal((ExitCodes.Success, ""), (replay.ExitCode, replay.Error));
        Assert.Contains("15 units identical, 0 different.", replay.Output, StringComparison.Ordinal);
        Assert.Contains("5 not played: it had no exchange with a chat model", replay.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_prints_the_stored_trace_of_one_unit()
    {
        var replay = await CommandRun.OfAsync("run", "replay", mini.Run, "--arm", "tools", "--problem", mini.FirstProblem, "--show-trace");

        Assert.Contains("1 units identical", replay.Output, StringComparison.Ordinal);
        Assert.Contains("turn 1\n", replay.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replay_names_the_missing_or_changed_problems_as_the_cause_and_not_the_donors(bool missing)
    {
        var copy = Directory.CreateDirectory(Path.Combine(mini.Folder, $"copy-{missing}")).FullName;
        foreach (var file in Directory.GetFiles(mini.Run, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(mini.Run, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var problems = Path.Combine(copy, "problems.jsonl");
        if (missing)
            File.Delete(problems);
        else
            await File.WriteAllLinesAsync(problems, File.ReadLines(problems).Skip(1).ToArray(), TestContext.Current.CancellationToken);

        var replay = await CommandRun.OfAsync("run", "replay", copy);

        Assert.Equal(ExitCodes.BadInput, replay.ExitCode);
        Assert.Contains($"{problems} {(missing ? "is missing" : "was changed")}", replay.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256", replay.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_shows_the_run()
    {
        var list = await CommandRun.OfAsync("run", "list", Path.GetDirectoryName(mini.Run)!);

        Assert.Equal(ExitCodes.Success, list.ExitCode);
        Assert.Contains("20/20", list.Output, StringComparison.Ordinal);
        Assert.Contains("mini", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_names_each_run_as_its_folder_also_one_that_was_regraded_from_another()
    {
        var folder = Path.Combine(mini.Folder, "listed");
        await CommandRun.OfAsync("run", "regrade", mini.Run, "--out", Path.Combine(folder, "again"));

        var list = await CommandRun.OfAsync("run", "list", folder);

        Assert.Matches("^again +", list.Output.Split('\n')[^2]);
    }

    [Fact]
    public async Task Compare_pairs_two_arms_of_the_run_problem_by_problem()
    {
        var compare = await CommandRun.OfAsync("run", "compare", mini.Run, "--arms", "direct=cot", "--json");

        Assert.Equal(ExitCodes.Success, compare.ExitCode);
        var pair = JsonNode.Parse(compare.Output)!["pairs"]!.AsArray().Single()!;
        Assert.Equal((Accuracy("direct"), Accuracy("cot")), ((double)pair["first_accuracy"]!, (double)pair["second_accuracy"]!));
        string[] direct = Solved("direct"), cot = Solved("cot");
        Assert.Equal(cot.Except(direct).ToHashSet(), [.. pair["gained"]!.AsArray().Select(static id => (string)id!)]);
        Assert.Equal(direct.Except(cot).ToHashSet(), [.. pair["lost"]!.AsArray().Select(static id => (string)id!)]);
        var text = await CommandRun.OfAsync("run", "compare", mini.Run, "--arms", "direct=cot");
        Assert.Contains($"{Percent("direct")} -> {Percent("cot")}", text.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, (await CommandRun.OfAsync("run", "compare", mini.Run)).ExitCode);
    }

    [Fact]
    public async Task Regrade_by_the_same_rule_changes_nothing()
    {
        var regrade = await CommandRun.OfAsync("run", "regrade", mini.Run);

        Assert.Contains("0 of 20 units change", regrade.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_writes_every_unit_as_a_row_and_every_arm_into_the_tables()
    {
        var units = Units.Select(static u => (u.Problem, u.Arm, u.Status.ToString().ToUpperInvariant()));

        using (var text = new StreamReader(await ExportAsync("csv")))
        using (var csv = new CsvReader(text, CultureInfo.InvariantCulture))
        {
            var rows = csv.GetRecords<dynamic>().Cast<IDictionary<string, object>>();
            Assert.Equal(units, rows.Select(static row => ((string)row["Problem"], (string)row["Arm"], Name((string)row["Status"]))));
        }

        await using (var parquet = File.OpenRead(await ExportAsync("parquet")))
        {
            var token = TestContext.Current.CancellationToken;
            var rows = await ParquetSerializer.DeserializeAsync<ExportedUnit>(parquet, cancellationToken: token);
            Assert.Equal(units, rows.Data.Select(static row => (row.Problem, row.Arm, Name(row.Status))));
        }

        var json = JsonNode.Parse(await TextAsync("json"))!;
        var accuracies = json["arms"]!.AsArray().Select(static arm => ((string)arm!["arm"]!, (double)arm["accuracy"]!));
        Assert.Equal(Arms.Select(arm => (arm, Accuracy(arm))), accuracies);
        var (markdown, latex) = (await TextAsync("markdown"), await TextAsync("latex"));
        Assert.All(Arms, arm => Assert.Matches($@"(?m)^\| {Regex.Escape(arm)} \|.* {Regex.Escape(Percent(arm))} ", markdown));
        Assert.All(Arms, arm => Assert.Matches(
            $@"(?m)^{Regex.Escape(arm)} & .*{Regex.Escape(Percent(arm).Replace("%", @"\%", StringComparison.Ordinal))}", latex));
        Assert.Contains("\\begin{tabular}", latex, StringComparison.Ordinal);

        static string Name(string status) => status.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

        async Task<string> ExportAsync(string format)
        {
            var file = Path.Combine(mini.Folder, "export." + format);
            Assert.Equal(
                ExitCodes.Success, (await CommandRun.OfAsync("run", "export", mini.Run, "--format", format, "--out", file)).ExitCode);
            return file;
        }

        async Task<string> TextAsync(string format) =>
            await File.ReadAllTextAsync(await ExportAsync(format), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Parquet_is_not_printed()
    {
        Assert.Equal(ExitCodes.BadInput, (await CommandRun.OfAsync("run", "export", mini.Run, "--format", "parquet")).ExitCode);
    }

    [Fact]
    public async Task Grade_scores_foreign_responses()
    {
        var responses = Path.Combine(mini.Folder, "other.jsonl");
        await File.WriteAllTextAsync(
            responses, $$"""{"id": "{{mini.FirstProblem}}", "text": "ANSWER: 1000"}""", TestContext.Current.CancellationToken);

        var grade = await CommandRun.OfAsync(
            "grade", "--problems", mini.Problems, "--responses", responses, "--run", Path.Combine(mini.Folder, "graded"));

        Assert.Equal(ExitCodes.Success, grade.ExitCode);
        Assert.Contains("other", grade.Output, StringComparison.Ordinal);
        Assert.Contains("0.0%", grade.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_prints_prompts_and_cost_and_writes_nothing()
    {
        var run = Path.Combine(mini.Folder, "dry");
        var dry = await CommandRun.OfAsync(
            "eval", "-m", "mini", "-p", mini.Problems, "-a", "direct,latent:steps=2", "--run", run, "--dry-run", "--threads", "1");

        Assert.Equal(ExitCodes.Success, dry.ExitCode);
        Assert.Contains("== direct, request 1 of 1", dry.Output, StringComparison.Ordinal);
        Assert.Contains("== latent:steps=2, request 1 of 1", dry.Output, StringComparison.Ordinal);
        Assert.Contains("positions/unit", dry.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run));
    }

    [Fact]
    public async Task The_same_run_twice_in_deterministic_mode_gives_the_same_log_but_for_times()
    {
        string[] logs = ["one", "two"];
        foreach (var name in logs)
        {
            await CommandRun.OfAsync(
                "eval", "-m", "mini", "-p", mini.Problems, "-a", "cot,tools,maj:of=cot,k=3,latent:rule=soft,noise=gumbel,steps=3",
                "--temperature", "0.8", "--run", Path.Combine(mini.Folder, name), "--deterministic", "--threads", "1",
                "--max-tokens", "60");
        }

        var (first, second) = (WithoutTimes(Path.Combine(mini.Folder, "one")), WithoutTimes(Path.Combine(mini.Folder, "two")));
        Assert.Equal(20, first.Count);
        Assert.Equal(first, second);
    }

    private static readonly string[] Arms = ["direct", "cot", "tools", "latent:steps=2"];

    private IReadOnlyList<UnitRecord> Units => RunResult.Load(mini.Run).Units;

    private string[] Solved(string arm) =>
        [.. Units.Where(u => u.Arm == arm && u.Status == SampleStatus.Correct).Select(static u => u.Problem)];

    private double Accuracy(string arm) => Solved(arm).Length / 5.0;

    private string Percent(string arm) => string.Create(CultureInfo.InvariantCulture, $"{100 * Accuracy(arm):0.0}%");

    private static List<string> WithoutTimes(string run) =>
    [
        .. File.ReadLines(Path.Combine(run, "units.jsonl")).Select(line =>
        {
            var unit = JsonNode.Parse(line)!.AsObject();
            unit.Remove("ms");
            unit.Remove("finished");
            foreach (var call in unit["calls"]!.AsArray())
                call!.AsObject().Remove("ms");
            return unit.ToJsonString();
        }),
    ];

    [Fact]
    public async Task A_run_that_is_not_there_is_named()
    {
        foreach (var command in new[] { "show", "report", "replay", "regrade" })
        {
            var refused = await CommandRun.OfAsync("run", command, "no-such-run");
            Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
            Assert.Contains("no-such-run", refused.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_set_that_is_known_but_not_imported_says_how_to_get_it()
    {
        var refused = await CommandRun.OfAsync("eval", "-m", "mini", "-p", "aime24", "-a", "direct");

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Contains("cogtools data import aime24 --from FILE", refused.Error, StringComparison.Ordinal);
        Assert.Contains("aime24", (await CommandRun.OfAsync("data", "sets")).Output, StringComparison.Ordinal);
    }

    /// <summary>What the test reads of a row of the Parquet file.</summary>
    public sealed class ExportedUnit
    {
        public string Problem { get; set; } = "";

        public string Arm { get; set; } = "";

        public string Status { get; set; } = "";
    }

    /// <summary>Five held-out problems on the reference model, four arms.</summary>
    public sealed class MiniRun : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogtools-runs-");

        public string Folder => _folder.FullName;

        public string Problems => Path.Combine(Folder, "problems.jsonl");

        public string Run => Path.Combine(Folder, "runs", "mini-run");

        public string FirstProblem { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            await File.WriteAllLinesAsync(Problems, File.ReadLines(BundledFiles.Find("evals/problems/held-out.jsonl")).Take(5));
            FirstProblem = CognitiveTools.Evals.Problems.ProblemFile.Read(Problems).Problems[0].Id;
            string[] what = ["-m", "mini", "-p", Problems, "-a", "direct,cot,tools,latent:steps=2"];
            var run = await CommandRun.OfAsync(["eval", .. what, "--run", Run, "--threads", "1", "--max-tokens", "120"]);
            Assert.Equal(
                "", string.Join('\n', run.Error.Split('\n').Where(line => line.StartsWith("cogtools:", StringComparison.Ordinal))));
        }

        public ValueTask DisposeAsync()
        {
            _folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
