using System.Text;
using CognitiveTools.Evals.Exports;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using DuckDB.NET.Data;

namespace CognitiveTools.Evals.Tests.Exports;

public sealed class RunExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_csv_export_has_a_row_per_unit_and_survives_hostile_answers()
    {
        var lines = (await Export("csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.StartsWith("Run,Problem,Arm,Sample,Status,Correct,Answer,Gold,", lines[0], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("run,\"p,1\",direct,0,correct,True,1,1,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parquet_export_can_be_queried_with_DuckDB()
    {
        var path = _folder.File("units.parquet");
        await using (var file = File.Create(path))
            await RunExport.WriteAsync(await Run(), "parquet", file, Token);

        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select Arm, avg(Correct::int), sum(Positions)::bigint from '{path}' group by Arm order by Arm";
        await using var rows = await command.ExecuteReaderAsync(Token);

        Assert.True(await rows.ReadAsync(Token));
        Assert.Equal(("cot", 0.5, 60L), (rows.GetString(0), rows.GetDouble(1), rows.GetInt64(2)));
        Assert.True(await rows.ReadAsync(Token));
        Assert.Equal(("direct", 0.5, 60L), (rows.GetString(0), rows.GetDouble(1), rows.GetInt64(2)));
        Assert.False(await rows.ReadAsync(Token));
    }

    [Fact]
    public async Task Markdown_and_latex_hold_the_headline_table()
    {
        var markdown = await Export("markdown");
        Assert.Contains("| arm | accuracy | 95% interval |", markdown, StringComparison.Ordinal);
        Assert.Contains("\n| direct | 50.0% |", markdown, StringComparison.Ordinal);

        var latex = await Export("latex");
        Assert.Contains("\\begin{tabular}{lrrrrrrrrrr}", latex, StringComparison.Ordinal);
        Assert.Contains("\ndirect & 50.0\\% &", latex, StringComparison.Ordinal);
        Assert.DoesNotContain("50.0%", latex, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\\t=1")]
    [InlineData("\r=1", "'\\r=1")]
    [InlineData("\uff1d1", "'\uff1d1")]
    [InlineData("-5", "-5")]
    [InlineData("+0.25", "+0.25")]
    [InlineData("-1e-3", "-1e-3")]
    [InlineData("-5 apples", "'-5 apples")]
    [InlineData("5-3", "5-3")]
    [InlineData("", "")]
    [InlineData("\u001b[2Jx", "\\u001b[2Jx")]
    public void A_csv_cell_is_never_a_formula_and_a_number_stays_a_number(string text, string cell) =>
        Assert.Equal(cell, CsvText.Cell(text));

    [Fact]
    public async Task Names_from_others_are_text_in_every_format()
    {
        const string Name = "=x|<img src=http://e/x>\n[a](b) `c`\u001b[31m\u202e";
        var (csv, markdown, latex) = (await Export("csv", Name), await Export("markdown", Name), await Export("latex", Name));

        Assert.Contains("'=x|<img", csv, StringComparison.Ordinal);
        Assert.All(
            new[] { csv, markdown, latex },
            text => Assert.DoesNotContain(text, c => (char.IsControl(c) && c != '\n') || c == '\u202e'));
        Assert.DoesNotContain("<img", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain(markdown.Split('\n'), line => line.StartsWith("[a]", StringComparison.Ordinal));
        Assert.Contains("=x\\|&lt;img", markdown, StringComparison.Ordinal);
        Assert.Contains("\\[a\\](b) \\`c\\`", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_format_is_refused_with_the_known_ones()
    {
        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => Export("xml"));
        Assert.Contains("csv, csv-published, parquet", unknown.Message, StringComparison.Ordinal);
    }

    private async Task<string> Export(string format, string? arm = null)
    {
        using var memory = new MemoryStream();
        var run = await Run();
        if (arm is not null)
        {
            var suite = run.Header.Suite;
            run = run with
            {
                Header = run.Header with
                {
                    Suite = suite with { Baseline = arm, Arms = [suite.Arms[0] with { Name = arm }, suite.Arms[1]] },
                },
                Units = [.. run.Units.Select(u => u.Arm == suite.Arms[0].Name ? u with { Arm = arm } : u)],
            };
        }

        await RunExport.WriteAsync(run, format, memory, Token);
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private Task<RunResult> Run()
    {
        var reasoner = new ScriptedReasoner(_ => "ANSWER: 1");
        return EvalRun.ExecuteAsync(
            Suite.FromArms("direct,cot"), [new Problem("p,1", "1?", "1"), new Problem("p2", "2?", "2")],
            ScriptedReasoner.Catalog(("direct", reasoner), ("cot", reasoner)),
            new RunOptions { Directory = _folder.File("run") },
            cancellationToken: Token);
    }
}
