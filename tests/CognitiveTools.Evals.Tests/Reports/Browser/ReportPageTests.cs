using System.Globalization;
using CognitiveTools.Evals.Reports;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Tests.Reports.Browser;

public sealed class ReportPageTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const string LeftAndRight = "document.querySelectorAll('#detail-sides .steps').length === 2";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_page_opens_without_a_complaint_and_asks_for_nothing()
    {
        await using var page = await OpenAsync();

        Assert.Empty(page.Complaints);
        Assert.All(page.Requests, r => Assert.True(
            r.StartsWith("file:", StringComparison.Ordinal) || r.StartsWith("data:", StringComparison.Ordinal), r));
        Assert.Single(page.Requests, r => r.StartsWith("file:", StringComparison.Ordinal));
        Assert.Equal(3, await page.CountAsync("#arms tbody tr"));
        Assert.Equal(3, await page.CountAsync("#plot circle"));
        Assert.Equal(6, await page.CountAsync("#grid-body [role=row]"));
        Assert.Contains("AIME 2022", await page.TextAsync("#warnings"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_narrow_the_problems_and_clear_again()
    {
        await using var page = await OpenAsync();

        await page.Page.TypeAsync("#f-text", "what is 4");
        Assert.Equal("1 of 6 problems.", await page.TextAsync("#grid-count"));
        Assert.Equal(["p4"], await ShownAsync(page));

        await page.Page.ClickAsync("#filters [type=reset]");
        await page.WaitAsync("document.getElementById('grid-count').textContent === 'All 6 problems.'");

        await page.Page.SelectAsync("#f-topic", "0");
        Assert.Equal(["p1", "p3", "p5"], await ShownAsync(page));

        await page.Page.SelectAsync("#f-status", "1");
        await page.Page.SelectAsync("#f-arm", "0");
        Assert.Equal(["p5"], await ShownAsync(page));

        await page.Page.SelectAsync("#f-tool", "understand_question");
        Assert.Empty(await ShownAsync(page)); // the direct arm calls no tool
    }

    [Fact]
    public async Task Flips_count_what_changed_and_filter_by_it()
    {
        await using var page = await OpenAsync();

        Assert.Equal(["both 2", "lost 1", "gained 2", "neither 1"], await page.EvalAsync<string[]>(
            "[...document.querySelectorAll('#flips [data-kind]')].map(b => `${b.dataset.kind} ${b.textContent}`)"));

        await page.Page.ClickAsync("#flips [data-kind=gained]");
        Assert.Equal(["p4", "p5"], await ShownAsync(page));

        await page.Page.ClickAsync("#pair-swap");
        Assert.Equal(["p3"], await ShownAsync(page));
        Assert.Contains("Planned comparison", await page.TextAsync("#flips-lists"), StringComparison.Ordinal);

        await page.Page.SelectAsync("#pair-a", "1");
        await page.Page.SelectAsync("#pair-b", "2");
        Assert.Contains("no planned comparison", await page.TextAsync("#flips-lists"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keyboard_alone_opens_transcripts_side_by_side_and_closes_them()
    {
        await using var page = await OpenAsync();

        await page.PressAsync("g", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Enter");
        await page.WaitAsync(LeftAndRight);
        Assert.Equal("p3", await page.TextAsync("#detail-title"));
        var right = await page.TextAsync("#detail-sides section:last-child");
        Assert.Contains("called understand_question Answered, 42 positions", right, StringComparison.Ordinal);
        Assert.Contains("question: what", right, StringComparison.Ordinal);
        Assert.Contains("It asks for <b>a number</b>.", right, StringComparison.Ordinal);
        Assert.Contains("NaN", right, StringComparison.Ordinal);
        Assert.Equal(2, await page.CountAsync("#detail-sides .thoughts tbody tr"));
        Assert.Equal(3, await page.CountAsync("#detail-sides .heat rect"));
        Assert.Contains("I think so.", await page.TextAsync("#detail-sides section:first-child"), StringComparison.Ordinal);

        await page.PressAsync("ArrowRight");
        await page.WaitAsync("document.getElementById('detail-title').textContent === 'p4'");

        await page.PressAsync("Escape");
        await page.WaitAsync("!document.getElementById('detail').open");
        // The page moves the focus after it closed.
        await page.WaitAsync("document.activeElement.parentElement?.firstChild?.firstChild?.textContent === 'p4'");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Hostile_text_is_shown_as_text()
    {
        await using var page = await OpenAsync();

        await page.PressAsync("g", "Enter");
        await page.WaitAsync(LeftAndRight);

        Assert.Equal(SampleRuns.Hostile, await page.EvalAsync<string>("document.getElementById('detail-text').textContent"));
        Assert.Equal(0, await page.CountAsync("img"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Votes_are_shown_when_there_are_several_samples()
    {
        await using var page = await OpenAsync(samples: 3);

        Assert.Equal(3, await page.CountAsync("#votes .multiple"));
        Assert.Equal("3/3", await page.TextAsync("#grid-body [role=row] .cell"));
        await page.PressAsync("g", "Enter");
        await page.WaitAsync(LeftAndRight);
        Assert.Equal("1\n3", (await page.TextAsync("#detail-votes .ballot li.gold")).Trim());
        Assert.Equal(3, await page.CountAsync("#detail-sides section:first-child .controls select:nth-of-type(2) option"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_transcript_that_is_left_out_says_where_it_is()
    {
        await using var page = await OpenAsync(options: new ReportOptions { TranscriptBytes = 0 });

        await page.PressAsync("g", "Enter");
        await page.WaitAsync("document.querySelectorAll('#detail-sides .facts').length === 2");

        Assert.Contains("not embedded", await page.TextAsync("#detail-sides"), StringComparison.Ordinal);
        Assert.Contains("--transcripts 64", await page.TextAsync("#detail-sides"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public async Task Everything_fits_the_width_and_text_keeps_its_size(int width)
    {
        await using var page = await OpenAsync(width: width);

        Assert.Equal(width, await page.EvalAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(1, await page.EvalAsync<double>("document.getElementById('plot').getScreenCTM().a"), 2);
        Assert.Empty(await page.EvalAsync<string[]>(
            "[...document.querySelectorAll('#groups thead th, #grid-head > *')].filter(h => h.scrollWidth > h.clientWidth)"
                + ".map(h => h.textContent)"));
        Assert.Contains("accuracy", await page.EvalAsync<string[]>(
            "[...document.querySelectorAll('#plot > text')].map(text => text.textContent)"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task The_top_says_what_came_out_and_terms_are_explained()
    {
        await using var page = await OpenAsync();

        Assert.Equal(
            "direct answers 50.0% of 6 problems right. No difference shown from direct: cot, tools.", await page.TextAsync("#finding"));
        Assert.Contains(
            "Holm", await page.EvalAsync<string>("document.getElementById('term-list').textContent"), StringComparison.Ordinal);
        Assert.Equal(3, await page.CountAsync("#arm-list dt"));
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task All_text_contrasts_with_its_background(string scheme)
    {
        await using var page = await OpenAsync(scheme: scheme);
        await page.PressAsync("g", "End", "Enter"); // the tools arm, whose transcript has every kind of step
        await page.WaitAsync(LeftAndRight);

        Assert.Empty(await page.EvalAsync<string[]>(Contrast.Below(4.5)));
        Assert.Equal(scheme == "dark", await page.EvalAsync<bool>($"{Contrast.Ground}[0] < 128"));
    }

    [Fact]
    public async Task The_theme_can_be_chosen_against_the_system_s()
    {
        await using var page = await OpenAsync(scheme: "light");

        await page.Page.SelectAsync("#theme", "dark");

        Assert.True(await page.EvalAsync<bool>($"{Contrast.Ground}[0] < 128"));
    }

    [Fact]
    public async Task Twenty_thousand_units_open_with_only_the_rows_in_sight()
    {
        var small = await SampleRuns.SmallAsync(_folder.File("small"), cancellationToken: Token);
        Directory.CreateDirectory(_folder.File("large"));
        var file = HtmlReport.Write(SampleRuns.Large(small, _folder.File("large")));

        await using var page = await chromium.OpenAsync(file);
        var drawn = await page.EvalAsync<int[]>("['ready', 'complete'].map(key => Number(document.documentElement.dataset[key]))");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"20,000 units, {new FileInfo(file).Length / 1048576.0:0.0} MiB: {drawn[0]} ms from navigation to a usable page, "
            + $"{drawn[1]} ms to the last figure"));

        Assert.Empty(page.Complaints);
        Assert.Equal("All 500 problems.", await page.TextAsync("#grid-count"));
        Assert.InRange(await page.CountAsync("#grid-body [role=row]"), 10, 60);

        await page.PressAsync("g");
        await page.Page.Keyboard.DownAsync("Control");
        await page.PressAsync("End");
        await page.Page.Keyboard.UpAsync("Control");
        Assert.Equal("problem-499", await page.EvalAsync<string>("document.activeElement.parentElement.firstChild.firstChild.textContent"));
    }

    private async Task<OpenedPage> OpenAsync(int samples = 1, string? scheme = null, ReportOptions? options = null, int width = 1280)
    {
        var run = await SampleRuns.SmallAsync(_folder.File("run"), samples, Token);
        return await chromium.OpenAsync(HtmlReport.Write(run, Summary.From(run), options), scheme, width);
    }

    private static Task<string[]> ShownAsync(OpenedPage page) =>
        page.EvalAsync<string[]>("[...document.querySelectorAll('#grid-body [role=row]')].map(r => r.firstChild.firstChild.textContent)");
}
