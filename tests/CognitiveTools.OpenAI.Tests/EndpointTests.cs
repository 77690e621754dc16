using CognitiveTools.Calls;
using CognitiveTools.OpenAI.Endpoints;
using CognitiveTools.Reasoners;
using CognitiveTools.TestServers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>A remote model end to end: configuration, wire, tool loop, faults.</summary>
public sealed class EndpointTests
{
    private const string Notes = "Concepts: c\nGivens: g\nGoal: o\nSteps: s\nTechniques: t";
    private const string Variable = "COGTOOLS_TEST_KEY";

    [Fact]
    public async Task The_tool_loop_runs_on_a_remote_model_and_reads_its_usage()
    {
        await using var server = await ChatCompletionsServer.StartAsync(
            "Let me see. <call>{\"tool\":\"understand_question\",\"args\":{}}</call> I invent this.", Notes, "ANSWER: 4");
        using var host = Host(server.Endpoint);

        var reasoning = await SolveAsync(host, "tools:style=json", @"Is $a<b$ & \frac{{1}}{{2}}?");

        Assert.Equal((StopReason.Completed, "ANSWER: 4", null), (reasoning.Stop, reasoning.Answer, reasoning.Error));
        var called = Assert.Single(reasoning.Steps.OfType<Called>());
        Assert.Equal((nameof(CallOutcome.Answered), Notes), (called.Outcome, called.Observation));
        Assert.Equal(server.Calls[1].Messages.Sum(m => Words(m.Text)), reasoning.Usage.ToolPrompt);
        Assert.Equal(Words(Notes), reasoning.Usage.ToolGenerated);
        Assert.Equal(server.Calls[0].Messages.Sum(m => Words(m.Text)) + server.Calls[2].Messages.Sum(m => Words(m.Text)),
            reasoning.Usage.Prompt);
        Assert.StartsWith("Problem:\n" + @"Is $a<b$ & \frac{{1}}{{2}}?", server.Calls[1].LastText, StringComparison.Ordinal);
        Assert.Equal(["</call>"], server.Calls[0].Stops);
        Assert.Equal(["user"], server.Calls[1].Messages.Select(m => m.Role));
        Assert.All(server.Calls, call => Assert.Equal("", call.Authorization));
        var limits = CognitiveTools.Tools.ToolCatalog.Embedded().Find("understand_question")!.Limits;
        Assert.Equal(limits.MaxOutputTokens, (int)server.Calls[1].Body["max_tokens"]!);
        Assert.All(server.Calls, call => Assert.False(call.Body.ContainsKey("temperature"))); // nobody asked for one
    }

    [Fact]
    public async Task Where_an_arm_names_no_style_the_model_calls_functions_in_its_own_way()
    {
        await using var server = await ChatCompletionsServer.StartAsync(call => call.Index switch
        {
            0 => new ChatReply("Let me see.") { Calls = [("understand_question", "{}")] },
            1 => new ChatReply(Notes),
            _ => new ChatReply("ANSWER: 4"),
        });
        using var host = Host(server.Endpoint);

        var reasoning = await SolveAsync(host, "tools", "2+2?");

        Assert.Equal((StopReason.Completed, "ANSWER: 4", null), (reasoning.Stop, reasoning.Answer, reasoning.Error));
        Assert.Equal(Notes, Assert.Single(reasoning.Steps.OfType<Called>()).Observation);
        Assert.Equal(4, server.Calls[0].Body["tools"]!.AsArray().Count);
        Assert.False(server.Calls[1].Body.ContainsKey("tools"));
        Assert.Equal(["system", "user", "assistant", "tool"], server.Calls[2].Messages.Select(m => m.Role));
        Assert.Equal("call-0", (string)server.Calls[2].Body["messages"]![3]!["tool_call_id"]!);
    }

    [Fact]
    public async Task Arguments_cut_short_by_the_server_refuse_the_call_and_the_solve_goes_on()
    {
        await using var server = await ChatCompletionsServer.StartAsync(call => call.Index == 0
            ? new ChatReply("") { Calls = [("examine_answer", "{\"current_proposed_answer\": \"1")] }
            : new ChatReply("ANSWER: 4"));
        using var host = Host(server.Endpoint);

        var reasoning = await SolveAsync(host, "tools", "2+2?");

        Assert.Equal(nameof(CallOutcome.Refused), Assert.Single(reasoning.Steps.OfType<Called>()).Outcome);
        Assert.Equal("ANSWER: 4", reasoning.Answer);
    }

    [Fact]
    public async Task A_server_without_function_calls_is_spoken_to_in_text_by_a_setting()
    {
        await using var server = await ChatCompletionsServer.StartAsync("ANSWER: 4");
        using var host = Host(server.Endpoint, ("OpenAI:FunctionCalls", "false"));

        await SolveAsync(host, "tools", "2+2?");

        Assert.False(server.Calls[0].Body.ContainsKey("tools"));
        Assert.Equal(["</call>"], server.Calls[0].Stops);
    }

    [Fact]
    public async Task A_server_that_wants_another_name_for_the_token_limit_gets_it_after_one_refusal()
    {
        await using var server = await ChatCompletionsServer.StartAsync(call => call.Body.ContainsKey("max_completion_tokens")
            && !call.Body.ContainsKey("max_tokens")
            ? new ChatReply("ANSWER: 4")
            : new ChatReply("Use 'max_completion_tokens' instead.") { Status = 400 });
        using var common = Host(server.Endpoint);
        using var modern = Host(server.Endpoint, ("OpenAI:TokenLimitName", "max_completion_tokens"));

        Assert.Equal("ANSWER: 4", (await SolveAsync(common, "cot", "2+2?")).Answer);
        Assert.Equal("ANSWER: 4", (await SolveAsync(common, "cot", "2+2?")).Answer);
        Assert.Equal(3, server.Calls.Count); // the client remembers it
        Assert.Equal("ANSWER: 4", (await SolveAsync(modern, "cot", "2+2?")).Answer);
        Assert.Equal(4, server.Calls.Count);
    }

    [Fact]
    public async Task A_streamed_answer_arrives_in_pieces_that_make_the_text()
    {
        await using var server = await ChatCompletionsServer.StartAsync("One two three.");
        using var host = Host(server.Endpoint);
        var pieces = new List<string>();
        await foreach (
            var update in Client(host).GetStreamingResponseAsync("count", cancellationToken: TestContext.Current.CancellationToken))
            pieces.Add(update.Text);
        Assert.Equal("One two three.", string.Concat(pieces));
        Assert.True(pieces.Count(p => p.Length > 0) > 1);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_busy_server_is_asked_again(int status)
    {
        await using var server = await ChatCompletionsServer.StartAsync(call => call.Index == 0
            ? new ChatReply("later") { Status = status } : new ChatReply("ANSWER: 4"));
        using var host = Host(server.Endpoint, ("OpenAI:Retries", "1"));
        Assert.Equal("ANSWER: 4", (await SolveAsync(host, "cot", "2+2?")).Answer);
        Assert.Equal(2, server.Calls.Count);
    }

    [Fact]
    public async Task Without_retries_a_busy_server_is_an_error_with_its_status()
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply("come back later") { Status = 429 });
        using var host = Host(server.Endpoint, ("OpenAI:Retries", "0"));
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(host));
        Assert.Equal(System.Net.HttpStatusCode.TooManyRequests, error.StatusCode);
        Assert.Contains("come back later", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task A_key_comes_from_its_environment_variable_and_a_wrong_one_is_named_without_being_shown()
    {
        Environment.SetEnvironmentVariable(Variable, "wrong-secret");
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply("hello"), key: "right");
        using var host = Host(server.Endpoint, ("OpenAI:ApiKeyVariable", Variable));

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(host));
        var check = await Assert.ThrowsAsync<HttpRequestException>(
            () => OpenAICompatibleEndpoint.CheckAsync(OptionsOf(host), TestContext.Current.CancellationToken));
        var reasoning = await SolveAsync(host, "cot", "2+2?");

        Assert.All([error.Message, check.Message, reasoning.Error!], message =>
        {
            Assert.Contains($"It refuses the key in the environment variable '{Variable}'", message, StringComparison.Ordinal);
            Assert.DoesNotContain("wrong-secret", message, StringComparison.Ordinal);
        });
        Assert.Equal("Bearer wrong-secret", server.Calls[0].Authorization);
        Environment.SetEnvironmentVariable(Variable, "right");
        using var again = Host(server.Endpoint, ("OpenAI:ApiKeyVariable", Variable));
        Assert.Equal("hello", await AskAsync(again));
    }

    [Fact]
    public async Task A_server_that_wants_a_key_says_where_to_put_it()
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply("hello"), key: "right");
        using var host = Host(server.Endpoint);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(host));
        Assert.Contains("OpenAI:ApiKeyVariable", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_address_or_model_is_an_error_that_says_so()
    {
        await using var server = await ChatCompletionsServer.StartAsync("hello");
        using var path = Host(server.Endpoint.Replace("/v1", "/v2", StringComparison.Ordinal));
        using var model = Host(server.Endpoint, ("OpenAI:Model", "gpt-none"));

        Assert.Contains("usually end in /v1", (await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(path))).Message,
            StringComparison.Ordinal);
        Assert.Contains("no model 'gpt-none'", (await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(model))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_named()
    {
        var server = await ChatCompletionsServer.StartAsync("hello");
        var gone = server.Endpoint;
        await server.DisposeAsync();
        using var host = Host(gone, ("OpenAI:Retries", "1"));

        var asked = await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(host));
        var check = await Assert.ThrowsAsync<HttpRequestException>(
            () => OpenAICompatibleEndpoint.CheckAsync(OptionsOf(host), TestContext.Current.CancellationToken));

        Assert.All([asked.Message, check.Message],
            message => Assert.Contains($"Nothing answers at {gone}", message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_full_context_is_the_loops_own_case_not_a_failure()
    {
        await using var server = await ChatCompletionsServer.StartAsync(
            _ => new ChatReply("This model's maximum context length is 8 tokens.") { Status = 400, Code = "context_length_exceeded" });
        using var host = Host(server.Endpoint);
        Assert.Equal(StopReason.ContextFull, (await SolveAsync(host, "cot", "2+2?")).Stop);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_in_time_and_a_caller_who_cancels_is_told_so()
    {
        using var never = new ManualResetEventSlim();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ChatCompletionsServer.StartAsync(_ =>
        {
            asked.TrySetResult();
            never.Wait(TimeSpan.FromMinutes(5)); // until the test is over
            return new ChatReply("late");
        });
        using var host = Host(server.Endpoint, ("OpenAI:Timeout", "00:00:00.3"), ("OpenAI:Retries", "0"));
        Assert.Contains("0.3 seconds", (await Assert.ThrowsAsync<TimeoutException>(() => AskAsync(host))).Message,
            StringComparison.Ordinal);

        asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var patient = Host(server.Endpoint);
        using var cancel = new CancellationTokenSource();
        var waiting = Client(patient).GetResponseAsync("x", cancellationToken: cancel.Token);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        never.Set();
    }

    [Theory]
    [InlineData("OpenAI:Endpoint", "", "OpenAI:Endpoint is missing")]
    [InlineData("OpenAI:Endpoint", "localhost:8080", "OpenAI:Endpoint is not an absolute")]
    [InlineData("OpenAI:Endpoint", "http://me:secret@localhost/v1", "OpenAI:Endpoint holds a user name")]
    [InlineData("OpenAI:Model", "", "OpenAI:Model is missing")]
    [InlineData("OpenAI:ApiKeyVariable", "COGTOOLS_NOT_SET", "'COGTOOLS_NOT_SET', which is not set")]
    [InlineData("OpenAI:Timeout", "00:00:00", "OpenAI:Timeout")]
    [InlineData("OpenAI:TokenLimitName", "tokens", "OpenAI:TokenLimitName is 'tokens'")]
    [InlineData("OpenAI:Retries", "-1", "OpenAI:Retries is -1")]
    [InlineData("OpenAI:LoadTimeout", "-00:00:01", "OpenAI:LoadTimeout is -00:00:01")]
    [InlineData("OpenAI:Api", "completions", "OpenAI:Api is 'completions'")]
    [InlineData("OpenAI:ThinkingField", "think", "OpenAI:ThinkingField is 'think'")]
    [InlineData("OpenAI:KeyHeader", "api key", "OpenAI:KeyHeader is not the name of a header")]
    public async Task A_wrong_setting_stops_the_host_at_its_start(string key, string value, string expected)
    {
        using var host = Host("http://127.0.0.1:1/v1", (key, value));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_endpoints_live_under_two_keys()
    {
        await using var first = await ChatCompletionsServer.StartAsync("first");
        await using var second = await ChatCompletionsServer.StartAsync("second");
        using var host = Host(first.Endpoint, services => services.AddOpenAICompatibleClient(key: "judge", section: "Judge"),
            ("Judge:Endpoint", second.Endpoint), ("Judge:Model", ChatCompletionsServer.Model));
        Assert.Equal("first", await AskAsync(host));
        Assert.Equal("second",
            (await Client(host, "judge").GetResponseAsync("x", cancellationToken: TestContext.Current.CancellationToken)).Text);
    }

    private static IHost Host(string endpoint, params (string Key, string Value)[] settings) => Host(endpoint, _ => { }, settings);

    private static IHost Host(string endpoint, Action<IServiceCollection> configure, params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("OpenAI:Endpoint", endpoint), new("OpenAI:Model", ChatCompletionsServer.Model)]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddOpenAICompatibleClient().AddCognitiveTools();
        configure(builder.Services);
        return builder.Build();
    }

    private static IChatClient Client(IHost host, string key = "verbal") => host.Services.GetRequiredKeyedService<IChatClient>(key);

    private static OpenAICompatibleOptions OptionsOf(IHost host) =>
        host.Services.GetRequiredService<IOptionsMonitor<OpenAICompatibleOptions>>().Get("verbal");

    private static async Task<string> AskAsync(IHost host) =>
        (await Client(host).GetResponseAsync("x", cancellationToken: TestContext.Current.CancellationToken)).Text;

    private static Task<Reasoning> SolveAsync(IHost host, string arm, string question) =>
        host.Services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm))
            .SolveAsync(new Question("q", question), SolveOptions.Default, TestContext.Current.CancellationToken);

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
