using CognitiveTools.Cli.View;
using CognitiveTools.Evals.Tests.Reports.Browser;

namespace CognitiveTools.Cli.Tests.View;

/// <summary>The live pages in a headless Chromium.</summary>
public sealed class ViewPageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncDisposable
{
    private const string Sides = "document.querySelectorAll('#detail-sides .steps').length === 2";

    private readonly ViewedRuns _runs = new();

    public static TheoryData<int, string> Screens => new()
    {
        { 1280, "light" }, { 1280, "dark" }, { 400, "light" }, { 400, "dark" },
    };

    public ValueTask DisposeAsync() => _runs.DisposeAsync();

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_page_of_a_run_fits_and_is_readable(int width, string scheme)
    {
        await _runs.BeginAsync("run", kept: 11);
        var server = await _runs.ServeAsync();

        await using var page = await OpenAsync(server, "/runs/run/", scheme, width);
        await page.WaitAsync(Sides);

        Assert.Equal(width, await page.EvalAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await page.EvalAsync<string[]>(Contrast.Below(4.5)));
        Assert.Equal(scheme == "dark", await page.EvalAsync<bool>($"{Contrast.Ground}[0] < 128"));
        Assert.Equal(3, await page.CountAsync("#arms tbody tr"));
        Assert.Contains("11 of 18", await page.TextAsync("#figures"), StringComparison.Ordinal);
        Assert.Contains("The run is running: process ", await page.TextAsync("#state"), StringComparison.Ordinal);
        Assert.Equal("direct", await page.TextAsync("#detail-sides section:first-child h3"));
        Assert.Empty(page.Complaints);
        Assert.All(page.Requests, r => Assert.True(
            r.StartsWith("http://127.0.0.1:", StringComparison.Ordinal) || r.StartsWith("data:", StringComparison.Ordinal), r));
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_list_fits_and_is_readable(int width, string scheme)
    {
        await _runs.BeginAsync("a-run-with-a-long-name-of-many-parts-and-a-hash-0123456789ab", kept: 11);
        await _runs.BeginAsync("done", kept: 18);
        Directory.CreateDirectory(Path.Combine(_runs.Folder, "broken"));
        await File.WriteAllTextAsync(Path.Combine(_runs.Folder, "broken", "run.json"), "{", TestContext.Current.CancellationToken);
        var server = await _runs.ServeAsync();

        await using var page = await OpenAsync(server, "/", scheme, width);

        Assert.Equal(width, await page.EvalAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await page.EvalAsync<string[]>(Contrast.Below(4.5)));
        Assert.Equal(3, await page.CountAsync("#runs tbody tr"));
        Assert.Equal("3 runs, 1 running", await page.TextAsync("#summary"));
        Assert.Contains("cannot be read: ", await page.TextAsync("#runs tbody"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_unit_that_is_appended_is_shown_and_the_end_is_the_report()
    {
        var run = await _runs.BeginAsync("run", kept: 5);
        var server = await _runs.ServeAsync();
        await using var page = await OpenAsync(server, "/runs/run/");
        await page.WaitAsync(Sides);
        Assert.Equal("What is 2?", await page.TextAsync("#detail-text"));

        run.Write(4);
        await page.WaitAsync("document.querySelector('#figures dd').textContent === '9 of 18'");
        await page.WaitAsync("document.getElementById('detail-text').textContent === 'What is 3?'");
        Assert.Equal("3/6", await page.EvalAsync<string>("document.querySelector('#arms tbody td').firstChild.data"));

        run.Write(9);
        await page.WaitAsync("document.querySelector('.eyebrow').textContent === 'Evaluation report'");
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Units_in_progress_are_shown_as_they_write(int width, string scheme)
    {
        var run = await _runs.BeginAsync("run", kept: 5);
        var server = await _runs.ServeAsync();
        await using var page = await OpenAsync(server, "/runs/run/", scheme, width);
        await page.WaitAsync(Sides);
        Assert.True(await page.EvalAsync<bool>("document.getElementById('now').hidden && document.getElementById('to-now').hidden"));

        run.Write(ViewedRuns.Activity("The sum is"));
        await page.WaitAsync("document.querySelectorAll('#units section').length === 2");
        Assert.Equal("direct", await page.TextAsync("#units section:first-child h3")); // both of one problem, in the arms' order
        Assert.Equal(2, await page.CountAsync("#workers li"));
        Assert.Contains("3 units in progress, 40 finished", await page.TextAsync("#workers"), StringComparison.Ordinal);
        Assert.Equal("3 more units in progress.", await page.TextAsync("#more-units"));
        Assert.Contains("units at a time\n5\n", await page.TextAsync("#figures"), StringComparison.Ordinal);

        run.Write(ViewedRuns.Activity($"The sum is 4 </pre><b>{new string('w', 900)}</b>"));
        await page.WaitAsync("document.querySelector('#units').textContent.includes('The sum is 4 </pre><b>')");
        Assert.Equal(width, await page.EvalAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await page.EvalAsync<string[]>(Contrast.Below(4.5)));
        Assert.Equal(0, await page.CountAsync("#units b"));

        run.Write(activity: null);
        await page.WaitAsync("document.getElementById('now').hidden");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_chosen_problem_stays_while_others_finish()
    {
        var run = await _runs.BeginAsync("run", kept: 6);
        var server = await _runs.ServeAsync();
        await using var page = await OpenAsync(server, "/runs/run/");
        await page.WaitAsync(Sides);

        await page.Page.SelectAsync("#problem", """["p1",0]""");
        await page.Page.SelectAsync("#right", "2");
        await page.WaitAsync("document.querySelector('#detail-sides section:last-child .called') !== null");
        run.Write(3);
        await page.WaitAsync("document.querySelector('#figures dd').textContent === '9 of 18'");

        Assert.Equal("""["p1",0]""", await page.EvalAsync<string>("document.getElementById('problem').value"));
        Assert.False(await page.EvalAsync<bool>("document.getElementById('follow').checked"));
        Assert.Contains("called understand_question", await page.TextAsync("#detail-sides section:last-child"), StringComparison.Ordinal);
        await page.Page.ClickAsync("#follow");
        await page.WaitAsync("document.getElementById('detail-text').textContent === 'What is 3?'");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public async Task Hostile_text_stays_text_and_fits(int width)
    {
        await _runs.BeginHostileAsync("run");
        var server = await _runs.ServeAsync();
        await using var page = await OpenAsync(server, "/runs/run/", width: width);
        await page.WaitAsync("document.querySelector('#detail-sides pre') !== null");

        Assert.Equal(ViewedRuns.Hostile, await page.EvalAsync<string>("document.getElementById('detail-text').textContent"));
        Assert.Equal(ViewedRuns.Hostile, await page.EvalAsync<string>("document.querySelector('#detail-sides .said pre').textContent"));
        Assert.Contains("<b>bold</b>", await page.TextAsync("#arms"), StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)", await page.TextAsync("#errors"), StringComparison.Ordinal);
        Assert.Equal(0, await page.CountAsync("img, #arms b, #errors i"));
        Assert.Equal(2, await page.CountAsync("script"));
        Assert.Equal(width, await page.EvalAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(page.Complaints);

        await page.Page.ClickAsync("#all-runs");
        await page.WaitAsync("document.querySelector('#runs tbody tr') !== null");
        Assert.Contains("</script>", await page.TextAsync("#runs tbody"), StringComparison.Ordinal);
        Assert.Equal(width, await page.EvalAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task The_keyboard_alone_opens_a_run_and_the_focus_stays_when_the_list_changes()
    {
        var run = await _runs.BeginAsync("run", kept: 5);
        var server = await _runs.ServeAsync();
        await using var page = await OpenAsync(server, "/");
        await page.PressAsync("Tab", "Tab", "Tab");
        Assert.Equal("run", await page.EvalAsync<string>("document.activeElement.textContent"));

        run.Write(1);
        await page.WaitAsync("document.querySelector('#runs tbody').textContent.includes('6/18')");
        Assert.Equal("run", await page.EvalAsync<string>("document.activeElement.textContent"));
        await page.PressAsync("Enter");

        await page.WaitAsync("document.querySelector('#arms tbody tr') !== null");
        Assert.Equal("/runs/run/", await page.EvalAsync<string>("location.pathname"));
    }

    [Fact]
    public async Task The_token_leaves_the_address_and_a_lost_server_is_said()
    {
        await _runs.BeginAsync("run", kept: 5);
        var server = await _runs.ServeAsync();
        await using var page = await OpenAsync(server, "/");
        Assert.Equal("", await page.EvalAsync<string>("location.search"));
        Assert.Equal("", await page.EvalAsync<string>("document.cookie")); // no script can read it
        Assert.True(await page.EvalAsync<bool>("document.getElementById('connection').hidden"));

        await server.DisposeAsync();

        await page.WaitAsync("!document.getElementById('connection').hidden");
        Assert.Contains("no connection to `cogtools view`", await page.TextAsync("#connection"), StringComparison.Ordinal);
    }

    private Task<OpenedPage> OpenAsync(ViewServer server, string path, string? scheme = null, int width = 1280) =>
        chromium.OpenAsync(server.Address.Replace("/?", path + "?", StringComparison.Ordinal), scheme, width);
}
