using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Reports;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Evals.Tests.Reports;

public sealed partial class HtmlReportTests : IDisposable
{
    private const string Hostile = "Is $a<b$? </script><script>alert(1)</script> {{data}}";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_page_holds_every_unit_and_fetches_nothing()
    {
        var page = await PageAsync();

        using var data = JsonDocument.Parse(DataBlock().Match(page).Groups["content"].Value);
        Assert.Equal(4, data.RootElement.GetProperty("units").GetArrayLength());
        Assert.Equal(["direct", "cot"], data.RootElement.GetProperty("arms").EnumerateArray().Select(a => a.GetProperty("name").GetString()));
        Assert.Equal(Hostile, data.RootElement.GetProperty("problems")[0].GetProperty("text").GetString());
        Assert.DoesNotMatch("(src|href)=\"?https?:", page);
        Assert.DoesNotContain("{{style}}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_text_cannot_open_or_close_a_script()
    {
        var page = await PageAsync();

        Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
        Assert.Equal(4, Regex.Count(page, "<script", RegexOptions.None, TimeSpan.FromSeconds(1))); // data, two transcripts, code
    }

    [Fact]
    public async Task Transcripts_travel_gzipped_by_arm_and_sample()
    {
        var packed = Convert.FromBase64String(TranscriptBlock().Match(await PageAsync()).Groups["content"].Value);
        await using var zip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var traces = await JsonDocument.ParseAsync(zip, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("ANSWER: 1", traces.RootElement.GetProperty("1.0").GetProperty("answer").GetString());
    }

    private async Task<string> PageAsync()
    {
        Problem[] problems = [new("p1", Hostile, "1"), new("p2", "What is 2?", "2")];
        var catalog = ScriptedReasoner.Catalog(
            ("direct", new ScriptedReasoner((_, _, _) => Task.FromResult(ScriptedReasoner.Said("ANSWER: 1")))),
            ("cot", new ScriptedReasoner((_, _, _) => Task.FromResult(ScriptedReasoner.Said("ANSWER: 1")))));
        var run = await EvalRun.ExecuteAsync(
            Suite.FromArms("direct,cot"), problems, catalog, new RunOptions { Directory = _folder.File("run") }, cancellationToken: TestContext.Current.CancellationToken);
        return await File.ReadAllTextAsync(HtmlReport.Write(run), TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("""<script id="data" type="application/json">(?<content>.*?)</script>""", RegexOptions.Singleline, 1000)]
    private static partial Regex DataBlock();

    [GeneratedRegex("""<script type="text/plain" id="t0">(?<content>.*?)</script>""", RegexOptions.Singleline, 1000)]
    private static partial Regex TranscriptBlock();
}
