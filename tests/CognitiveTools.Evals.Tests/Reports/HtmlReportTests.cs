using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CognitiveTools.Evals.Reports;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Tests.Reports;

public sealed class HtmlReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_page_holds_every_unit_and_fetches_nothing()
    {
        var page = await PageAsync();
        using var data = JsonDocument.Parse(Block(page, "data"));
        var root = data.RootElement;

        Assert.Equal(18, root.GetProperty("units").GetProperty("status").GetArrayLength());
        Assert.Equal(["direct", "cot", "tools"], root.GetProperty("arms").EnumerateArray().Select(a => a.GetProperty("name").GetString()));
        Assert.Equal(["odd", "even"], root.GetProperty("topics").EnumerateArray().Select(t => t.GetString()));
        Assert.DoesNotMatch("(src|href)=\"?https?:", page);
        Assert.DoesNotContain("{{style}}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_text_cannot_open_or_close_a_script()
    {
        var page = await PageAsync();
        using var texts = JsonDocument.Parse(Block(page, "texts"));

        Assert.Equal(SampleRuns.Hostile, texts.RootElement[0].GetString());
        Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
        Assert.Equal(4, Regex.Count(page, "<script", RegexOptions.None, TimeSpan.FromMinutes(1))); // data, texts, transcripts, code
    }

    [Fact]
    public async Task Only_the_page_s_own_script_and_style_may_run()
    {
        var page = await PageAsync();

        var code = Part(page, "<script id=\"code\">(?<content>.*?)</script>");
        Assert.Contains($"script-src '{Sha256(code)}'", page, StringComparison.Ordinal);
        Assert.Contains($"style-src '{Sha256(Part(page, "<style>(?<content>.*?)</style>"))}'", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcripts_travel_deflated_by_problem_and_sample()
    {
        var page = await PageAsync();
        using var data = JsonDocument.Parse(Block(page, "data"));
        var first = data.RootElement.GetProperty("transcripts").GetProperty("blocks").EnumerateArray().Single(b => b[0].GetInt32() == 0);
        var packed = Convert.FromBase64String(Block(page, "transcripts").Substring(first[2].GetInt32(), first[3].GetInt32()));
        await using var deflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var traces = await JsonDocument.ParseAsync(deflate, cancellationToken: Token);

        Assert.Equal("ANSWER: 1", traces.RootElement.GetProperty("2").GetProperty("answer").GetString());
        Assert.Equal("All 18 transcripts are in this page.", data.RootElement.GetProperty("transcripts").GetProperty("note").GetString());
    }

    [Fact]
    public async Task Transcripts_beyond_the_size_are_left_out_named_and_counted()
    {
        var run = await SampleRuns.SmallAsync(_folder.File("run"), cancellationToken: Token);
        var whole = Block(HtmlReport.Render(run), "transcripts");

        var page = HtmlReport.Render(run, new ReportOptions { TranscriptBytes = whole.Length / 2 });
        using var data = JsonDocument.Parse(Block(page, "data"));
        var transcripts = data.RootElement.GetProperty("transcripts");
        var kept = transcripts.GetProperty("blocks").GetArrayLength();
        var named = data.RootElement.GetProperty("units").GetProperty("transcript").EnumerateArray()
            .Select(t => t.GetString()!)
            .Where(t => t.Length > 0)
            .ToArray();

        Assert.InRange(kept, 1, 5);
        Assert.True(Block(page, "transcripts").Length <= whole.Length / 2);
        var note = transcripts.GetProperty("note").GetString();
        Assert.StartsWith($"{3 * kept} of 18 transcripts are in this page", note, StringComparison.Ordinal);
        Assert.Equal(18 - (3 * kept), named.Length);
        Assert.All(named, prefix => Assert.Single(Directory.GetFiles(_folder.File("run/transcripts"), prefix + "*")));
    }

    [Fact]
    public async Task An_altered_transcript_is_left_out_and_counted()
    {
        var run = await SampleRuns.SmallAsync(_folder.File("run"), cancellationToken: Token);
        foreach (var file in Directory.GetFiles(_folder.File("run/transcripts")))
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Token)).Replace("ANSWER: 1", "ANSWER: 91"), Token);

        var page = HtmlReport.Render(run);

        using var data = JsonDocument.Parse(Block(page, "data"));
        var transcripts = data.RootElement.GetProperty("transcripts");
        Assert.False(transcripts.GetProperty("complete").GetBoolean());
        Assert.Contains("damaged cannot be shown", transcripts.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_on_which_arms_disagree_keep_their_transcripts_first()
    {
        var run = await SampleRuns.SmallAsync(_folder.File("run"), cancellationToken: Token);
        var whole = Block(HtmlReport.Render(run), "transcripts").Length;

        using var data = JsonDocument.Parse(Block(HtmlReport.Render(run, new ReportOptions { TranscriptBytes = whole / 3 }), "data"));
        var blocks = data.RootElement.GetProperty("transcripts").GetProperty("blocks").EnumerateArray();
        var kept = blocks.Select(b => b[0].GetInt32()).ToArray();

        Assert.NotEmpty(kept);
        Assert.DoesNotContain(0, kept); // all arms are right on p1
        Assert.Equal(2, kept[0]);
    }

    [Fact]
    public async Task A_torn_transcript_is_missing_and_counted_not_fatal()
    {
        var run = await SampleRuns.SmallAsync(_folder.File("run"), cancellationToken: Token);
        var victim = run.Units.First(u => u.Problem == "p6" && u.Arm == "tools");
        await File.WriteAllTextAsync(_folder.File($"run/transcripts/{victim.Transcript}.json"), "{\"v\":1,", Token);

        using var data = JsonDocument.Parse(Block(HtmlReport.Render(run), "data"));

        var note = data.RootElement.GetProperty("transcripts").GetProperty("note").GetString();
        Assert.StartsWith("17 of 18 transcripts", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_stored_without_its_problems_shows_the_texts_of_its_transcripts()
    {
        var run = await SampleRuns.SmallAsync(_folder.File("run"), cancellationToken: Token);
        File.Delete(_folder.File("run/problems.jsonl"));

        var page = HtmlReport.Render(RunResult.Load(run.Directory));
        using var texts = JsonDocument.Parse(Block(page, "texts"));

        Assert.Equal("What is 2?", texts.RootElement[1].GetString());
    }

    [Fact]
    public async Task A_damaged_problem_file_is_named_with_its_line()
    {
        var run = await SampleRuns.SmallAsync(_folder.File("run"), cancellationToken: Token);
        await File.AppendAllTextAsync(_folder.File("run/problems.jsonl"), "{\n", Token);

        var exception = Assert.Throws<InvalidDataException>(() => HtmlReport.Render(run));

        Assert.Contains("problems.jsonl:7", exception.Message, StringComparison.Ordinal);
    }

    private async Task<string> PageAsync() =>
        await File.ReadAllTextAsync(HtmlReport.Write(await SampleRuns.SmallAsync(_folder.File("run"), cancellationToken: Token)), Token);

    private static string Block(string page, string id) => Part(page, $"""<script id="{id}" type="[a-z/]+">(?<content>.*?)</script>""");

    private static string Part(string page, string pattern) =>
        Regex.Match(page, pattern, RegexOptions.Singleline, TimeSpan.FromMinutes(1)).Groups["content"].Value;

    private static string Sha256(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
