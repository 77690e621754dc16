using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CognitiveTools.Evals.Live;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Tests.Reports;

namespace CognitiveTools.Evals.Tests.Live;

public sealed class LivePageTests : IDisposable
{
    private const string Hostile = "\"'</script></style><script>alert(1)</script> {{data}} \u2028&";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Pages => ["run", "list"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Only_the_page_s_own_script_and_style_may_run_and_only_its_server_is_asked(string kind)
    {
        var page = Page(kind);

        var code = Part(page, "<script id=\"code\">(?<content>.*?)</script>");
        Assert.Contains($"script-src '{Sha256(code)}'", page, StringComparison.Ordinal);
        Assert.Contains($"style-src '{Sha256(Part(page, "<style>(?<content>.*?)</style>"))}'", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'; connect-src 'self'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"?https?:", page);
        Assert.DoesNotContain("{{style}}", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_s_name_cannot_open_or_close_an_element()
    {
        var page = Page("run");

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "<script", RegexOptions.None, TimeSpan.FromMinutes(1)));
        using var facts = JsonDocument.Parse(Part(page, "<script id=\"data\" type=\"application/json\">(?<content>.*?)</script>"));
        Assert.Equal($"/runs/{Uri.EscapeDataString(Hostile)}/", facts.RootElement.GetProperty("address").GetString());
    }

    [Fact]
    public void Events_are_one_line_each_and_hold_no_markup()
    {
        var line = new RunLine { Name = Hostile + "\n", Condition = RunCondition.Unreadable, State = Hostile };

        var json = LiveJson.Of([line]);

        Assert.DoesNotContain('\n', json);
        Assert.DoesNotContain('<', json);
        using var read = JsonDocument.Parse(json);
        Assert.Equal(Hostile + "\n", read.RootElement[0].GetProperty("name").GetString());
        Assert.Equal("Unreadable", read.RootElement[0].GetProperty("condition").GetString());
    }

    [Fact]
    public async Task A_unit_has_its_transcript_or_the_reason_why_not()
    {
        var run = await SampleRuns.SmallAsync(_folder.File("run"), cancellationToken: TestContext.Current.CancellationToken);
        var unit = run.Units.First(static u => u is { Problem: "p1", Arm: "tools" });

        var whole = Read(unit);
        var threw = Read(unit with { Transcript = null, Error = "It failed." });
        var outside = Read(unit with { Transcript = "../run" });
        await File.WriteAllTextAsync(_folder.File($"run/transcripts/{unit.Transcript}.json"), "{", TestContext.Current.CancellationToken);
        var damaged = Read(unit);

        Assert.Equal(SampleRuns.Hostile, whole.GetProperty("question").GetString());
        Assert.Equal(5, whole.GetProperty("trace").GetProperty("steps").GetArrayLength());
        Assert.Equal("The unit failed before there was a transcript.", threw.GetProperty("missing").GetString());
        Assert.Contains("was damaged", damaged.GetProperty("missing").GetString(), StringComparison.Ordinal);
        Assert.Contains("Restore it", outside.GetProperty("missing").GetString(), StringComparison.Ordinal);
        Assert.False(outside.TryGetProperty("trace", out _));

        JsonElement Read(UnitRecord record)
        {
            var json = UnitDetail.Of(run.Directory, record);
            Assert.DoesNotContain('<', json);
            return JsonElement.Parse(json);
        }
    }

    private static string Page(string kind) => kind == "run" ? LivePage.OfRun(Hostile, hasList: true) : LivePage.OfList();

    private static string Part(string page, string pattern) =>
        Regex.Match(page, pattern, RegexOptions.Singleline, TimeSpan.FromMinutes(1)).Groups["content"].Value;

    private static string Sha256(string content) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
