using System.Globalization;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.TestModels;
using CognitiveTools.TestServers;

namespace CognitiveTools.Cli.Tests;

/// <summary>The paper's table in one command (<c>evals/suites/aime-paper.yaml</c>).</summary>
public sealed class PaperSuiteTests : IDisposable
{
    private const string Call = "I look at it first.\nprint(understand_question({'question': 'what is asked'}))";
    private const string Notes = "Concepts: c\nGivens: g\nGoal: o\nSteps: s\nTechniques: t";
    private const string Suite = "aime-paper"; // a name of a suite that comes with the tool

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogtools-paper-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_arm_runs_on_a_scripted_model_and_the_published_figures_stand_beside()
    {
        await using var server = await ChatCompletionsServer.StartAsync(Reply);
        var (first, second) = (Contest(2024), Contest(2025));
        var run = PathOf("run");

        var evaluated = await CommandRun.OfAsync(
            "eval", "--suite", Suite, "-p", $"{first}+{second}", "--endpoint", server.Endpoint,
            "--endpoint-model", ChatCompletionsServer.Model, "--samples", "2", "--run", run);

        Assert.Equal((ExitCodes.Success, true), (evaluated.ExitCode, File.Exists(Path.Combine(run, "report.html"))));
        var units = RunResult.Load(run).Units;
        Assert.All(units, unit => Assert.Null(unit.Error));
        Assert.Contains(units, unit => unit.Arm == "understand question" && unit.Calls.Count > 0);
        Assert.Equal(4 * 2 * units.Select(unit => unit.Arm).Distinct().Count(), units.Count);

        // 2024: all right; 2025: all wrong. The published figures are of 2024.
        Assert.Matches(@"\ndirect +50\.0%", evaluated.Output);
        Assert.Matches(@"\ndirect +AIME 2024 +100\.0% \[.+\] on 2 +GPT-4\.1 +26\.7%", evaluated.Output);
        Assert.Matches(@"\nall tools and code +AIME 2024 +100\.0% \[.+\] on 2 +GPT-4\.1 +43\.3%", evaluated.Output);
        Assert.Contains("not measured by this program", evaluated.Output, StringComparison.Ordinal);
        Assert.Contains("against direct maj@", evaluated.Output, StringComparison.Ordinal); // the vote at the same cost
        Assert.Contains("error over problems", evaluated.Output, StringComparison.Ordinal);
    }

    // The switch is Qwen's: without thinking, the prompt holds the thought that the model would begin.
    [Fact]
    public async Task The_arms_with_and_without_thinking_run_on_a_model_that_can_think()
    {
        var model = Thinker("{% if enable_thinking is defined and not enable_thinking %}{{ '<think></think>' }}{% endif %}");
        var run = PathOf("thinking");

        var evaluated = await CommandRun.OfAsync(
            "eval", "--suite", Suite, "-p", Contest(2024), "-m", model, "--samples", "1", "--run", run, "--threads", "1");

        Assert.Equal((ExitCodes.Success, ""), (evaluated.ExitCode, evaluated.ExitCode == ExitCodes.Success ? "" : evaluated.Error));
        Assert.DoesNotContain("left out", evaluated.Error, StringComparison.Ordinal);
        var units = RunResult.Load(run).Units;
        var shipped = SuiteFile.Read(BundledFiles.Find("evals/suites/aime-paper.yaml")).Arms.Select(arm => arm.Name);
        Assert.Equal(shipped.Order(StringComparer.Ordinal), units.Select(unit => unit.Arm).Distinct().Order(StringComparer.Ordinal));
        Assert.All(units, unit => Assert.Equal((null, SampleStatus.Correct), (unit.Error, unit.Status)));
        Assert.All(units, unit => Assert.Equal(unit.Arm.EndsWith("think=off", StringComparison.Ordinal), unit.Usage.ThoughtTokens == 0));
    }

    [Fact]
    public async Task The_arms_about_thinking_are_left_out_for_a_model_that_does_not_think()
    {
        var run = PathOf("plain");

        var evaluated = await CommandRun.OfAsync(
            "eval", "--suite", Suite, "-p", Contest(2024), "-m", Thinker("", marks: ""), "--samples", "1", "--run", run, "--threads", "1");

        Assert.Equal(ExitCodes.Success, evaluated.ExitCode);
        foreach (var arm in from name in (string[])["direct", "all tools and code"]
                            from think in (string[])["on", "off"]
                            select $"{name} think={think}")
            Assert.Contains($"Arm '{arm}' is optional and left out. Reasoner '", evaluated.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(RunResult.Load(run).Units, unit => unit.Arm.Contains("think=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_says_what_the_whole_run_will_cost()
    {
        await using var server = await ChatCompletionsServer.StartAsync(Reply);

        var dry = await CommandRun.OfAsync(
            "eval", "--suite", Suite, "-p", Contest(2024), "--endpoint", server.Endpoint,
            "--endpoint-model", ChatCompletionsServer.Model, "--dry-run");

        Assert.Equal(ExitCodes.Success, dry.ExitCode);
        Assert.Matches(@"\narm +units +positions/unit +generated/unit +positions +generated +seconds/unit +hours\n", dry.Output);
        Assert.Matches(@"\ndirect +16 +\d+ +\d+ +\d+ +\d+ +\d+\.\d\d +\d+\.\d\d\n", dry.Output);
    }

    [Fact]
    public async Task Sets_that_are_missing_are_named_together_with_the_way_to_import_them()
    {
        var refused = await CogtoolsProcess.RunAsync(["eval", "--suite", Suite, "-m", "mini"], ("COGTOOLS_PROBLEMS", _folder.FullName));

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Contains("Not imported yet: AIME 2024 I and II, AIME 2025 I and II.", refused.Error, StringComparison.Ordinal);
        Assert.Contains("cogtools data import aime24 --from FILE", refused.Error, StringComparison.Ordinal);
        Assert.Contains("cogtools data import aime25 --from FILE", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_real_sets_are_imported_by_name_and_run_on_the_bundled_model()
    {
        var sets = Environment.GetEnvironmentVariable("COGTOOLS_DATA");
        Assert.SkipWhen(sets is null, "To run it: COGTOOLS_DATA=FOLDER dotnet test -c Release, where FOLDER holds the published sets.");
        (string, string) here = ("COGTOOLS_PROBLEMS", _folder.FullName);
        foreach (var (name, file) in new[] { ("aime24", "aime_2024.jsonl"), ("aime25", "aime_2025.jsonl") })
        {
            var imported = await CogtoolsProcess.RunAsync(["data", "import", name, "--from", Path.Combine(sets!, file)], here);
            Assert.Equal(ExitCodes.Success, imported.ExitCode);
        }

        var run = PathOf("real");
        var evaluated = await CogtoolsProcess.RunAsync(
            [
                "eval", "--suite", Suite, "-m", "mini", "--take", "2", "--samples", "1", "--temperature", "0", "--max-tokens", "8",
                "--run", run, "--threads", "1",
            ],
            here);

        Assert.Equal(ExitCodes.Success, evaluated.ExitCode);
        Assert.Equal(2, RunResult.Load(run).Units.Select(unit => unit.Problem).Distinct().Count());
        Assert.Contains("published for", evaluated.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_problem_in_two_files_is_refused()
    {
        var file = Contest(2024);
        var copy = PathOf("copy.jsonl");
        File.Copy(file, copy);

        var refused = await CommandRun.OfAsync("eval", "-p", $"{file}+{copy}", "-a", "direct", "-m", "mini");

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Contains("'aime-2024-I-1' appears twice in '2024+copy'", refused.Error, StringComparison.Ordinal);
    }

    // Calls understand_question where it is offered, and knows the contest of 2024.
    private static ChatReply Reply(ChatCall call)
    {
        var text = string.Join('\n', call.Messages.Select(message => message.Text));
        return new ChatReply(
            text.Contains("mathematical reasoning assistant", StringComparison.Ordinal) ? Notes
            : text.Contains("- understand_question(", StringComparison.Ordinal) && call.Messages.Count == 2 ? Call
            : text.Contains("2024", StringComparison.Ordinal) ? "ANSWER: 7" : "ANSWER: 8");
    }

    // A model that thinks "hm" and answers 7; without marks in its template it cannot be told to.
    private string Thinker(string thoughtSwitch, string marks = "<think> </think>") => ScriptedModel.Write(
        PathOf($"{Guid.NewGuid():N}.gguf"),
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}" + thoughtSwitch + "{% endif %}{# " + marks + " #}",
        marks.Length == 0 ? [] : ["<think>", "</think>"],
        marks.Length == 0 ? ["\n", "ANSWER: 7"] : ["\n", "<think>", "hm ", "</think>", "ANSWER: 7"]);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Contest(int year)
    {
        var path = PathOf($"{year}.jsonl");
        File.WriteAllLines(path, Enumerable.Range(1, 2).Select(i => string.Create(
            CultureInfo.InvariantCulture, $$"""{"id":"aime-{{year}}-I-{{i}}","problem":"In {{year}}, what is {{i}}?","answer":"7"}""")));
        return path;
    }
}
