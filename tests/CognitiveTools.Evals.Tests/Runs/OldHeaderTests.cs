using System.Text.Json.Nodes;
using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Tests.Runs;

/// <summary>Headers that another version wrote, or that were damaged.</summary>
public sealed class OldHeaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_of_the_first_version_is_read_and_summarised_and_not_resumed()
    {
        await RunAsync();
        Rewrite(header =>
        {
            header["v"] = 1;
            header.Remove("facts");
            header["model"] = new JsonObject { ["name"] = "old", ["sha256"] = "aa" };
        });

        var run = RunResult.Load(_folder.File("run"));

        Assert.Equal(("old", 1), (run.Header.ModelName, run.Header.Version));
        Assert.Contains("direct", SummaryText.Render(Summary.From(run)), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(RunAsync);
        Assert.Contains("version 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--run", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("facts")]
    [InlineData("facts.arms")]
    [InlineData("facts.reasoners")]
    [InlineData("facts.answers")]
    [InlineData("facts.toolkit")]
    public async Task A_header_without_its_facts_is_damaged_and_says_so(string path)
    {
        await RunAsync();
        var keys = path.Split('.');
        Rewrite(header => (keys.Length == 1 ? header : header[keys[0]]!.AsObject()).Remove(keys[^1]));

        var damaged = Assert.Throws<InvalidDataException>(() => RunResult.Load(_folder.File("run")));

        Assert.Contains("run.json", damaged.Message, StringComparison.Ordinal);
        Assert.Contains(keys[^1], damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_arm_whose_facts_are_not_listed_is_damage()
    {
        await RunAsync();
        Rewrite(header => header["facts"]!["arms"]!["direct"] = 7);

        var damaged = Assert.Throws<InvalidDataException>(() => RunResult.Load(_folder.File("run")));
        Assert.Contains("'direct'", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_of_answer_that_only_another_program_had_is_read_and_its_units_are_counted()
    {
        await RunAsync();
        Rewrite(header => header["suite"]!["answers"] = "mine");

        var run = RunResult.Load(_folder.File("run"));

        Assert.Equal("mine", run.Header.Suite.Answers.Name);
        Assert.Equal(1, Assert.Single(Summary.From(run).Arms).Correct);
        var unknown = Assert.Throws<ArgumentException>(() => RecordCheck.CanCheck(run));
        Assert.Contains("Known: integer", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_of_the_answer_rules_is_the_one_that_the_run_was_read_with()
    {
        await RunAsync();
        Rewrite(header => header["suite"]!["answers_version"] = 1);

        var run = RunResult.Load(_folder.File("run"));

        Assert.Equal(1, run.Header.Suite.AnswersVersion);
        Assert.False(RecordCheck.CanCheck(run));
    }

    [Theory]
    [InlineData("budget", "wall_time_seconds", "-1", "wall time")]
    [InlineData("arms", "reasoner", "\":\"", "kind[")]
    public async Task A_value_that_no_suite_can_have_is_damage(string part, string key, string value, string complaint)
    {
        await RunAsync();
        Rewrite(header =>
        {
            var owner = header["suite"]![part]!;
            (owner is JsonArray arms ? arms[0]! : owner)[key] = JsonNode.Parse(value);
        });

        var damaged = Assert.Throws<InvalidDataException>(() => RunResult.Load(_folder.File("run")));

        Assert.Contains("run.json", damaged.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, damaged.Message, StringComparison.Ordinal);
    }

    // What a later version adds to the facts is compared as absent, and what is missing of a reasoner reads as nothing.
    [Fact]
    public async Task Parts_that_are_missing_of_a_reasoner_are_differences_and_not_faults()
    {
        await RunAsync();
        Rewrite(header => header["facts"]!["reasoners"]![0]!.AsObject().Remove("code"));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(RunAsync);

        Assert.Contains("code CognitiveTools was absent and is", refused.Message, StringComparison.Ordinal);
    }

    private Task<RunResult> RunAsync() => EvalRun.ExecuteAsync(
        Suite.FromArms("direct"),
        [new Problem("p", "1?", "1")],
        ScriptedReasoner.Catalog(("direct", new ScriptedReasoner(_ => "ANSWER: 1"))),
        new RunOptions { Directory = _folder.File("run") },
        cancellationToken: TestContext.Current.CancellationToken);

    private void Rewrite(Action<JsonObject> change)
    {
        var path = Path.Combine(_folder.File("run"), "run.json");
        var header = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(header);
        File.WriteAllText(path, header.ToJsonString());
    }
}
