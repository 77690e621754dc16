using System.Net;
using System.Text.Json;
using CognitiveTools.Evals.Reports;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Cli.Tests.View;

/// <summary>What the live view answers, over HTTP.</summary>
public sealed partial class ViewServerTests : IAsyncDisposable
{
    private readonly ViewedRuns _runs = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _runs.DisposeAsync();
    }

    [Fact]
    public async Task It_listens_on_this_machine_only_and_its_address_has_a_token()
    {
        var server = await ServeAsync();

        Assert.Matches(@"^http://127\.0\.0\.1:\d+/\?token=[0-9a-f]{48}$", server.Address);
        var other = await _runs.ServeAsync();
        Assert.NotEqual(TokenOf(server), TokenOf(other));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/events")]
    [InlineData("/runs/run/")]
    [InlineData("/runs/run/events")]
    [InlineData("/runs/run/report")]
    [InlineData("/runs/run/unit?problem=p1&arm=direct&sample=0")]
    [InlineData("/nothing")]
    public async Task Without_the_token_nothing_is_answered(string path)
    {
        var server = await ServeAsync();
        var token = TokenOf(server);
        var join = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        string[] wrong = ["token=", $"token={token[..^1]}", $"token={token}0", $"token2={token}"];

        foreach (var attempt in wrong.Select(query => $"{path}{join}{query}").Append(path))
        {
            using var answer = await SendAsync(server, attempt);
            var text = await answer.Content.ReadAsStringAsync(Token);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("The token is missing or wrong. Open the whole address that `cogtools view` printed.\n", text);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task The_token_becomes_a_cookie_that_pages_of_other_sites_cannot_use()
    {
        var server = await ServeAsync();
        using var first = await SendAsync(server, $"/?token={TokenOf(server)}");
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        var pair = cookie.Split(';')[0];

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(server, "/", ("Cookie", pair))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(server, "/", ("Cookie", pair), ("Sec-Fetch-Site", "same-origin"))).StatusCode);
        foreach (var site in (string[])["same-site", "cross-site"])
        {
            using var refused = await SendAsync(server, "/", ("Cookie", pair), ("Sec-Fetch-Site", site));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var wrong = await SendAsync(server, "/", ("Cookie", pair[..^1]));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        var other = await _runs.ServeAsync();
        using var elsewhere = await SendAsync(other, "/", ("Cookie", pair));
        Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("2130706433")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task A_name_that_resolves_to_this_machine_is_refused(string host)
    {
        var server = await ServeAsync();

        using var answer = await SendAsync(server, $"/?token={TokenOf(server)}", ("Host", host));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Use 127.0.0.1", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/runs/none/")]
    [InlineData("/runs/../run/")]
    [InlineData("/runs/..%2frun/")]
    [InlineData("/runs/run%2f..%2frun/report")]
    [InlineData("/runs/run/../../etc/passwd")]
    [InlineData("/runs/run/units.jsonl")]
    [InlineData("/runs/run/transcripts/x.json")]
    [InlineData("/run.json")]
    public async Task Only_runs_that_are_shown_can_be_named(string path)
    {
        var server = await ServeAsync();

        // A plain connection, because a client of .NET removes the dots before it sends.
        var answer = await RawAsync(server, $"GET {path}?token={TokenOf(server)} HTTP/1.1");

        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.Contains("There is no", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task It_only_reads(string method)
    {
        var server = await ServeAsync();

        var answer = await RawAsync(server, $"{method} /?token={TokenOf(server)} HTTP/1.1");

        Assert.StartsWith("HTTP/1.1 405", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_run_is_its_report_and_a_run_in_progress_has_one_so_far()
    {
        var run = await _runs.BeginAsync("run", kept: 4);
        var server = await _runs.ServeAsync();

        Assert.Contains("Evaluation, live", await TextAsync(server, "/runs/run/"), StringComparison.Ordinal);
        Assert.Equal(HtmlReport.Render(RunResult.Load(run.Directory)), await TextAsync(server, "/runs/run/report"));
        run.Write(run.Count - 4);
        var page = await TextAsync(server, "/runs/run/");

        Assert.Equal(HtmlReport.Render(RunResult.Load(run.Directory)), page);
        Assert.Contains("Evaluation report", page, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run.Directory, HtmlReport.FileName + ".tmp")));
    }

    [Fact]
    public async Task The_only_run_is_at_the_address_itself()
    {
        await _runs.BeginAsync("one", kept: 4);
        await _runs.BeginAsync("two", kept: 4);
        var server = await _runs.ServeAsync("two");

        var page = await TextAsync(server, "/");

        Assert.Contains("\"address\":\"/runs/two/\",\"hasList\":false", page, StringComparison.Ordinal);
        using var other = await SendAsync(server, $"/runs/one/?token={TokenOf(server)}");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Events_come_when_the_log_grows()
    {
        var run = await _runs.BeginAsync("run", kept: 4);
        var server = await _runs.ServeAsync();

        using var events = await OpenEventsAsync(server, "/runs/run/events");
        var first = await NextAsync(events, static _ => true);
        run.Write(1);
        var second = await NextAsync(events, static view => view.GetProperty("finished").GetInt32() > 4);

        Assert.Equal((4, 18), (first.GetProperty("finished").GetInt32(), first.GetProperty("planned").GetInt32()));
        Assert.Equal("Running", first.GetProperty("condition").GetString());
        Assert.Equal(5, second.GetProperty("finished").GetInt32());
    }

    [Fact]
    public async Task Events_of_the_list_name_every_run()
    {
        await _runs.BeginAsync("a b%2f#?", kept: 4);
        await _runs.BeginAsync("done", kept: 18);
        var server = await _runs.ServeAsync();

        using var events = await OpenEventsAsync(server, "/events");
        var list = await NextAsync(events, static _ => true);

        Assert.Equal(["done", "a b%2f#?"], list.EnumerateArray().Select(static line => line.GetProperty("name").GetString()));
        Assert.Contains("Evaluation, live", await TextAsync(server, "/runs/a%20b%252f%23%3f/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_finished_lately_has_its_transcript_and_another_one_a_reason()
    {
        await _runs.BeginAsync("run", kept: 4);
        var server = await _runs.ServeAsync();
        await TextAsync(server, "/runs/run/"); // the first look

        using var unit = JsonDocument.Parse(await TextAsync(server, "/runs/run/unit?problem=p1&arm=tools&sample=0"));
        using var missing = await SendAsync(server, $"/runs/run/unit?problem=p6&arm=tools&sample=0&token={TokenOf(server)}");
        using var wrong = await SendAsync(server, $"/runs/run/unit?problem=p1&arm=tools&sample=x&token={TokenOf(server)}");

        Assert.Equal("ANSWER: 1", unit.RootElement.GetProperty("trace").GetProperty("answer").GetString());
        Assert.All([missing, wrong], static answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        Assert.Contains("report", await missing.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_a_damaged_run_is_refused_with_the_line()
    {
        var run = await _runs.BeginAsync("run", kept: 4);
        run.Append("{broken\n");
        var server = await _runs.ServeAsync();

        using var answer = await SendAsync(server, $"/runs/run/report?token={TokenOf(server)}");
        var text = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("units.jsonl:5: it is not a unit record", text, StringComparison.Ordinal);
        Assert.Contains("Evaluation, live", await TextAsync(server, "/runs/run/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_forbids_frames_caches_and_guesses_of_its_kind()
    {
        var server = await ServeAsync();
        foreach (var path in (string[])["/", "/none", $"/?token={TokenOf(server)}"])
        {
            using var answer = await SendAsync(server, path);

            Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
            Assert.Equal("no-store", Header(answer, "Cache-Control"));
        }

        static string Header(HttpResponseMessage answer, string name) => string.Join(",", answer.Headers.GetValues(name));
    }

    [Fact]
    public async Task Its_end_ends_the_events()
    {
        await _runs.BeginAsync("run", kept: 4);
        var server = await _runs.ServeAsync();
        using var events = await OpenEventsAsync(server, "/runs/run/events");
        await NextAsync(events, static _ => true);

        await server.DisposeAsync();

        Assert.NotNull(await Record.ExceptionAsync(() => NextAsync(events, static _ => false)));
    }
}
