using System.ClientModel;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CognitiveTools.Server.Hosting;
using CognitiveTools.Testing;
using OpenAI.Chat;

namespace CognitiveTools.Server.Tests;

/// <summary>How the server listens, waits, lets go and ends.</summary>
public sealed class ServingTests
{
    private const string Body = """{"model":"MODEL","stream":STREAM,"messages":[{"role":"user","content":"x"}]}""";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("plain", "true")]
    [InlineData("plain", "false")]
    [InlineData("cot", "true")]
    [InlineData("cot", "false")]
    public async Task A_client_that_leaves_cancels_the_generation(string model, string stream)
    {
        var (started, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await ServerUnderTest.StartAsync(new PiecesChatClient(["a", "b"], async (i, token) =>
        {
            if (i == 0)
                return;
            started.TrySetResult();
            token.Register(() => cancelled.TrySetResult());
            await Task.Delay(Timeout.Infinite, token);
        }));
        using var leaving = new CancellationTokenSource();
        using var content = new StringContent(Body.Replace("MODEL", model, StringComparison.Ordinal).Replace("STREAM", stream,
            StringComparison.Ordinal), Encoding.UTF8, "application/json");
        var request = server.Http.PostAsync("v1/chat/completions", content, leaving.Token);
        await started.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await leaving.CancelAsync();

        await cancelled.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        Assert.Equal(200, (await server.GetAsync("health")).Status);
    }

    [Fact]
    public async Task Stopping_the_server_cancels_what_is_being_answered()
    {
        var (started, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient(async (_, token) =>
        {
            token.Register(() => cancelled.TrySetResult());
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        }));
        var request = server.PostAsync("""{"model":"plain","messages":[{"role":"user","content":"x"}]}""");
        await started.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await server.StopAsync().AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);

        await cancelled.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        var (status, body) = await request;
        Assert.Equal((503, "shutting_down"), (status, body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Sixteen_requests_at_a_time_each_get_their_own_answer()
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient(r => $"re {r.LastText}"));
        var client = server.OpenAI();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            ChatCompletion answer = await client.CompleteChatAsync([new UserChatMessage($"question {i}")]);
            return answer.Content.Single().Text;
        }));

        Assert.Equal(Enumerable.Range(0, 16).Select(i => $"re question {i}"), answers);
    }

    [Fact]
    public async Task Requests_beyond_the_limit_wait_and_beyond_the_queue_are_refused()
    {
        var (running, most) = (0, 0);
        var goOn = new TaskCompletionSource();
        var model = new ScriptedChatClient(async (request, token) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await goOn.Task.WaitAsync(token);
            Interlocked.Decrement(ref running);
            return ScriptedChatClient.Generate(request, "yes");
        });
        await using var server = await ServerUnderTest.StartAsync(model, options => options with { Parallel = 1, Waiting = 1 });
        var requests = Enumerable.Range(0, 3)
            .Select(_ => server.PostAsync("""{"model":"plain","messages":[{"role":"user","content":"x"}]}""")).ToList();

        var refused = await await Task.WhenAny(requests);
        goOn.SetResult();
        var statuses = (await Task.WhenAll(requests)).Select(r => r.Status).Order();

        Assert.Equal((429, "rate_limit_exceeded"), (refused.Status, refused.Body.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal([200, 200, 429], statuses);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Who_has_no_key_sees_nothing_but_the_health()
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient("yes"),
            options => options with { ApiKeys = ["sesame"] });

        Assert.Equal(200, (await server.GetAsync("health")).Status);
        foreach (var path in new[] { "v1/models", "metrics", "nowhere" })
            Assert.Equal(401, (await server.GetAsync(path)).Status);
        var error = await Assert.ThrowsAsync<ClientResultException>(() => server.OpenAI(key: "open").CompleteChatAsync("hello"));
        Assert.Equal(401, error.Status);
        ChatCompletion answer = await server.OpenAI(key: "sesame").CompleteChatAsync("hello");
        Assert.Equal("yes", answer.Content.Single().Text);
    }

    [Theory]
    [InlineData("GET", "nowhere", 404)]
    [InlineData("GET", "v1/chat/completions", 405)]
    [InlineData("POST", "v1/models", 405)]
    public async Task An_address_or_a_method_that_is_not_there_is_an_error_in_the_protocols_words(string method, string path, int status)
    {
        await using var server = await ServerUnderTest.StartAsync("yes");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains("invalid_request_error", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_the_models_and_the_health_do_not_wait_for_answers()
    {
        var goOn = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var model = new ScriptedChatClient(async (request, token) =>
        {
            started.TrySetResult();
            await goOn.Task.WaitAsync(token);
            return ScriptedChatClient.Generate(request, "yes");
        });
        await using var server = await ServerUnderTest.StartAsync(model, options => options with { Parallel = 1, Waiting = 0 });
        var request = server.PostAsync("""{"model":"plain","messages":[{"role":"user","content":"x"}]}""");
        await started.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(200, (await server.GetAsync("health")).Status);
        Assert.Equal(200, (await server.GetAsync("v1/models")).Status);
        Assert.Equal(200, (await server.GetAsync("v1/models/cot")).Status);
        goOn.SetResult();
        Assert.Equal(200, (await request).Status);
    }

    [Fact]
    public async Task Metrics_are_text_that_Prometheus_reads()
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient(_ => "ANSWER: 1"));
        await server.OpenAI("cot").CompleteChatAsync("hello");
        await server.OpenAI().CompleteChatAsync("hello");
        using var request = new HttpRequestMessage(HttpMethod.Get,
            "metrics")
        { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/plain") } } };

        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Matches("""(?m)^cognitive_tools_solves_total\{.*cognitive_tools_reasoner="cot".*\} [1-9]""", text);
        Assert.Matches("(?m)^gen_ai_client_token_usage", text);
        Assert.Matches("""(?m)^http_server_request_duration_seconds_count\{.*http_route="/v1/chat/completions".*\} [1-9]""", text);
    }

    [Fact]
    public async Task A_port_that_is_taken_and_an_address_that_is_none_are_said()
    {
        await using var server = await ServerUnderTest.StartAsync("yes");
        var port = new Uri(server.Endpoint).Port;

        await Assert.ThrowsAsync<IOException>(
            () => ServerUnderTest.StartAsync(new ScriptedChatClient(), options => options with { Port = port }));
        await Refused(options => options with { Host = "example.com" }, "example.com");
        await Refused(options => options with { Port = 70000 }, "70000");
        await Refused(options => options with { Parallel = 0 }, "Parallel");
        await Refused(options => options with { MaxMessages = 0 }, "MaxMessages");
        await Refused(options => options with { BodyTimeout = TimeSpan.Zero }, "BodyTimeout");
        await Refused(options => options with { ApiKeys = [""] }, "key");
        await Refused(options => options with { ApiKeys = ["a", "b", "a"] }, "Two keys are equal");
        await Refused(options => options with { Host = "0.0.0.0" }, "--api-key-variable");
        await Refused(options => options with { Host = "::" }, "--api-key-variable");

        static async Task Refused(Func<CompletionsServerOptions, CompletionsServerOptions> configure, string reason) =>
            Assert.Contains(reason, (await Assert.ThrowsAsync<ArgumentException>(
                () => ServerUnderTest.StartAsync(new ScriptedChatClient(), configure))).Message, StringComparison.Ordinal);
    }
}
