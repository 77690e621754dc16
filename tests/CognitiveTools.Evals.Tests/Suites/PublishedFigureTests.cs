using System.Text;
using System.Text.Json;
using CognitiveTools.Evals.Exports;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Reports;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Tests.Suites;

/// <summary>Figures that others published, as data of a suite, and beside what a run measured.</summary>
public sealed class PublishedFigureTests : IDisposable
{
    private const string Yaml = """
        arms: [direct, cot]
        published:
          - source: Somebody 2025, table 3
            set: AIME 2024
            figures:
              direct: {GPT-4.1: 26.7, small: 5.8 ± 1.0}
              cot: {GPT-4.1: 43.3}
          - source: Somebody 2025, table 1
            set: Other benchmark
            figures: {cot: {small: 59.4 +- 0.9}}
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_figure_is_read_with_its_error_and_source()
    {
        var figures = Parse(Yaml).Published!;

        Assert.Equal(
            [
                new("direct", "AIME 2024", "GPT-4.1", 0.267, null, "Somebody 2025, table 3"),
                new("direct", "AIME 2024", "small", 0.058, 0.01, "Somebody 2025, table 3"),
                new("cot", "AIME 2024", "GPT-4.1", 0.433, null, "Somebody 2025, table 3"),
                new("cot", "Other benchmark", "small", 0.594, 0.009, "Somebody 2025, table 1"),
            ],
            figures);
        Assert.Null(Parse("arms: [direct]").Published);
    }

    [Theory]
    [InlineData("{source: s, set: t, figures: {tools: {m: 1}}}", "s.yaml:3: tools: is not an arm of the suite. Arms: direct, cot.")]
    [InlineData("{source: s, set: t, figures: {direct: {m: many}}}", "s.yaml:3: m: 'many' is not an accuracy in percent, such as 26.7")]
    [InlineData("{source: s, set: t, figures: {direct: {m: 101}}}", "s.yaml:3: m: '101' is not an accuracy in percent")]
    [InlineData("{source: s, set: t, figures: {direct: {m: -1}}}", "s.yaml:3: m: '-1' is not an accuracy in percent")]
    [InlineData("{source: s, set: t, figures: {direct: {m: 0.267 ± x}}}", "s.yaml:3: m: '0.267 ± x' is not an accuracy in percent")]
    [InlineData("{source: s, set: t, figures: {direct: 26.7}}", "s.yaml:3: direct: must be a mapping.")]
    [InlineData("{source: s, set: t}", "s.yaml:3: figures: is missing.")]
    [InlineData("{source: s, figures: {direct: {m: 1}}}", "s.yaml:3: set: is missing")]
    [InlineData("{set: t, figures: {direct: {m: 1}}}", "s.yaml:3: source: is missing")]
    [InlineData("{source: s, set: t, figure: {}}", "s.yaml:3: figure: is not a key of published. Known: source, set, figures.")]
    [InlineData("direct", "s.yaml:3: published: an entry is a mapping with 'source', 'set' and 'figures'.")]
    public void A_mistake_is_refused_with_file_line_and_key(string entry, string message)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Parse($"arms: [direct, cot]\npublished:\n  - {entry}"));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_figure_for_the_same_arm_set_and_model_is_refused()
    {
        const string Entry = "\n  - {source: s, set: t, figures: {direct: {m: 1}}}";

        var exception = Assert.Throws<InvalidDataException>(() => Parse("arms: [direct]\npublished:" + Entry + Entry));

        Assert.Equal("s.yaml:4: m: has two figures for 't'.", exception.Message);
    }

    [Fact]
    public async Task Published_figures_stand_beside_the_accuracy_on_the_problems_of_their_set_alone()
    {
        var summary = Summary.From(await Run());

        Assert.Equal(
            [("direct", "AIME 2024", 2, 0.5), ("cot", "AIME 2024", 2, 1), ("cot", "Other benchmark", 0, (double?)null)],
            summary.Published.Select(row => (row.Arm, row.Set, row.Problems, row.Accuracy)));
        Assert.Equal(1 / 3.0, summary.Arms[0].Accuracy!.Mean, 1e-12); // over all three problems
    }

    [Fact]
    public async Task Text_json_markdown_and_report_show_them_and_say_that_others_measured_them()
    {
        var run = await Run();
        var summary = Summary.From(RunResult.Load(run.Directory)); // as a later command reads it

        var text = SummaryText.Render(summary);
        var markdown = new MemoryStream();
        await RunExport.WriteAsync(run, "markdown", markdown, Token);
        var json = JsonDocument.Parse(SummaryJson.Render(summary)).RootElement.GetProperty("published");
        var report = HtmlReport.Render(run);

        Assert.Matches(@"\ndirect +AIME 2024 +50\.0% \[.+\] on 2 +GPT-4\.1 +26\.7%\n", text);
        Assert.Matches(@"\ndirect +AIME 2024 +50\.0% \[.+\] on 2 +small +5\.8% ± 1\.0\n", text);
        Assert.Matches(@"\ncot +Other benchmark +not in this run +small +59\.4% ± 0\.9\n", text);
        Assert.EndsWith(
            $"\n{PublishedTable.Caption}\nAIME 2024: Somebody 2025, table 3\nOther benchmark: Somebody 2025, table 1\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains("| GPT-4.1 | 43.3% |", Encoding.UTF8.GetString(markdown.ToArray()), StringComparison.Ordinal);
        Assert.Equal(0.5, json[0].GetProperty("accuracy").GetDouble());
        Assert.Equal(0.433, json[1].GetProperty("figures")[0].GetProperty("accuracy").GetDouble());
        Assert.Contains("\"GPT-4.1\",\"26.7%\"", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latex_has_a_table_of_them_and_csv_a_row_for_each()
    {
        var run = await Run();

        var latex = await ExportAsync(run, "latex");
        var csv = (await ExportAsync(run, "csv-published")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, latex.Split("\\begin{tabular}").Length - 1);
        Assert.Matches(@"\ndirect & AIME 2024 & 50\.0\\% \[.+\] on 2 & small & 5\.8\\% ± 1\.0 \\\\\n", latex);
        Assert.Contains("\\caption{The column published holds figures of other authors", latex, StringComparison.Ordinal);
        Assert.Contains("AIME 2024: Somebody 2025, table 3 Other benchmark: Somebody 2025, table 1}", latex, StringComparison.Ordinal);
        Assert.Equal(
            "Run,Arm,Set,Problems,Accuracy,Low,High,PublishedModel,PublishedAccuracy,PublishedError,Source", csv[0]);
        Assert.Equal(1 + 4, csv.Length);
        Assert.Matches(@"^run,direct,AIME 2024,2,0\.5,0\.\d+,0\.\d+,small,0\.058,0\.01,""Somebody 2025, table 3""$", csv[2]);
        Assert.Equal("run,cot,Other benchmark,0,,,,small,0.594,0.009,\"Somebody 2025, table 1\"", csv[4]);
        Assert.DoesNotContain("published", await ExportAsync(run, "csv"), StringComparison.OrdinalIgnoreCase); // a row is a unit there
    }

    [Fact]
    public async Task A_suite_without_published_figures_shows_no_table()
    {
        var run = await Run(suite => suite with { Published = null });

        Assert.Equal(1, (await ExportAsync(run, "latex")).Split("\\begin{tabular}").Length - 1);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => ExportAsync(run, "csv-published"));
        Assert.StartsWith("The suite of run 'run' has no published figures.", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Summary.From(run).Published);
        Assert.DoesNotContain("published", SummaryText.Render(Summary.From(run)), StringComparison.Ordinal);
        Assert.DoesNotContain("published",
            await File.ReadAllTextAsync(Path.Combine(run.Directory, "run.json"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public void The_suite_of_the_paper_holds_the_figures_that_are_quoted_most()
    {
        var suite = SuiteFile.Read(Path.Combine(Repository.Root, "evals", "suites", "aime-paper.yaml"));

        Assert.Equal("aime24+aime25", suite.Problems);
        var quoted = suite.Published!.Where(figure => figure is { Set: "AIME 2024", Model: "GPT-4.1" });
        Assert.Equal([("direct", 0.267), ("all tools and code", 0.433)], quoted.Select(figure => (figure.Arm, figure.Accuracy)));
    }

    private Task<RunResult> Run(Func<Suite, Suite>? change = null) => EvalRun.ExecuteAsync(
        (change ?? (suite => suite))(Parse(Yaml)),
        [new("aime-2024-I-1", "?", "1"), new("x", "?", "2") { Source = "AIME", Year = 2024 }, new("aime-2025-I-1", "?", "3")],
        ScriptedReasoner.Catalog(
            ("direct", new ScriptedReasoner(_ => "ANSWER: 1")),
            ("cot", new ScriptedReasoner(question => $"ANSWER: {(question.Id == "x" ? 2 : 1)}"))),
        new RunOptions { Directory = _folder.File("run") },
        cancellationToken: Token);

    private static async Task<string> ExportAsync(RunResult run, string format)
    {
        using var memory = new MemoryStream();
        await RunExport.WriteAsync(run, format, memory, Token);
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static Suite Parse(string yaml) => SuiteFile.Parse(new StringReader(yaml), "s.yaml");
}
