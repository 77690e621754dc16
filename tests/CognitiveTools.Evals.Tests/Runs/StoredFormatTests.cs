using System.Text.RegularExpressions;
using CognitiveTools.Evals.Comparisons;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Evals.Tests.Runs;

/// <summary>The text of every file that a run leaves, held against files of this repository.</summary>
public sealed partial class StoredFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run.json")]
    [InlineData("units.jsonl")]
    [InlineData("problems.jsonl")]
    [InlineData("summary.json")]
    [InlineData("comparison.json")]
    public async Task A_file_has_the_text_that_it_had_in_earlier_versions(string name)
    {
        var run = await RunAsync();

        var actual = Masked(name switch
        {
            "summary.json" => SummaryJson.Render(Summary.From(run)),
            "comparison.json" => ComparisonJson.Render(RunComparison.Of(run, run, [("direct", "cot:steps=2"), ("direct", "tools")])),
            _ => await File.ReadAllTextAsync(Path.Combine(run.Directory, name), TestContext.Current.CancellationToken),
        });
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, $"stored.actual.{name}"), actual); // to look at, or to accept

        var expected = Path.Combine(Repository.Root, "tests", "CognitiveTools.Evals.Tests", "Runs", "Stored", name);
        Assert.Equal((await File.ReadAllTextAsync(expected, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"), actual);
    }

    [Fact]
    public async Task A_run_is_read_back_as_it_was_made()
    {
        var run = await RunAsync();

        var loaded = RunResult.Load(run.Directory);

        Assert.Equal(SummaryJson.Render(Summary.From(run)), SummaryJson.Render(Summary.From(loaded)));
        Assert.Equal(run.Header.Suite.Budget, loaded.Header.Suite.Budget);
        Assert.Equal(run.Units.Select(unit => unit.Usage), loaded.Units.Select(unit => unit.Usage));
        Assert.Equal(run.Units.Select(unit => unit.Greedy), loaded.Units.Select(unit => unit.Greedy));
    }

    private Task<RunResult> RunAsync()
    {
        Problem[] problems =
        [
            new("p1", "What is \"1\" < 2 & é?", "1") { Topic = "odd", Difficulty = "1", Source = "here", Cluster = "c", Year = 2024 },
            new("p2", "What is 2?", "2"),
            new("p3", "What is 3?", "3") { Cluster = "c" },
        ];
        var catalog = ScriptedReasoner.Catalog(
            ("direct", new ScriptedReasoner(question => question.Id == "p1" ? "ANSWER: 1" : "ANSWER: 9")),
            ("cot", new ScriptedReasoner((question, options, _) => Task.FromResult(Chosen(question, options)))),
            ("tools", new ScriptedReasoner((question, _, _) => Task.FromResult(WithTool(question)))));
        var suite = Suite.FromArms("direct,cot:steps=2,cot:steps=2/zeroed,tools", "stored") with
        {
            Samples = 2,
            Temperature = 0.5f,
            Seed = 7,
            Take = 3,
            Budget = new Budget { Positions = 1000, WallTime = TimeSpan.FromSeconds(2.5) },
        };
        var options = new RunOptions
        {
            Directory = _folder.File("run"),
            Facts = new Dictionary<string, string> { ["given"] = "yes" },
            Data = new Dictionary<string, string> { ["file"] = "problems.jsonl" },
            Time = new FakeTimeProvider(DateTimeOffset.UnixEpoch),
        };
        return EvalRun.ExecuteAsync(suite, problems, catalog, options, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static Reasoning Chosen(Question question, SolveOptions options)
    {
        var answer = (options.Seed & 1) == 0 ? question.Id[1..] : "8";
        return ScriptedReasoner.Said($"ANSWER: {answer}") with
        {
            Steps =
            [
                new Agreement(4, 3, 0.125),
                new Thought(0, "embedding", 1.5, 0.25, [new TokenShare(" six", 0.75)]),
                new Said($"ANSWER: {answer}"),
            ],
            Usage = new Usage { Prompt = 60, Generated = 24, Latent = 2, Discarded = 5, Cached = 3 },
        };
    }

    private static Reasoning WithTool(Question question) => new(
        $"ANSWER: {question.Id[1..]}",
        [
            new Called("examine_answer", """{"current_proposed_answer":"2"}""", "Answered", "It is 2.")
            {
                Accepts = question.Id == "p2",
                Notes = ["cut"],
                Usage = new Usage { ToolPrompt = 30, ToolGenerated = 12 },
            },
            new Said($"ANSWER: {question.Id[1..]}"),
        ],
        new Usage { Prompt = 60, Generated = 24, ToolPrompt = 30, ToolGenerated = 12, Incomplete = question.Id == "p3" },
        StopReason.Completed);

    // What depends on the machine, the build or the temporary folder.
    private static string Masked(string text) => Varying().Replace(text, "\"${name}\": \"-\"");

    [GeneratedRegex(
        "\"(?<name>system|runtime|cores|toolkit|directory|CognitiveTools[.A-Za-z]*)\": ?\"[^\"]*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Varying();
}
