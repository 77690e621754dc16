using System.Net;
using CognitiveTools.TestServers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>Servers that deviate from OpenAI's words, each asked for a whole answer and for a stream.</summary>
public sealed partial class DeviatingServerTests
{
    private const string Text = "The sum is 4.\nANSWER: 4";
    private const string Usage = """{"prompt_tokens":5,"completion_tokens":6,"total_tokens":11}""";

    public enum Way
    {
        Whole,
        WholeToAStream,
        Stream,
    }

    public static TheoryData<Way> Ways => [Way.Whole, Way.WholeToAStream, Way.Stream];

    public static TheoryData<Way, string, string> Finishes
    {
        get
        {
            var cases = new TheoryData<Way, string, string>();
            foreach (var way in Enum.GetValues<Way>())
            {
                foreach (var (written, read) in new[] { ("\"eos\"", "stop"), ("\"stop_sequence\"", "stop"), ("\"MAX_TOKENS\"", "length"),
                    ("\"because\"", "stop"), ("7", "stop") })
                    cases.Add(way, written, read);
            }

            cases.Add(Way.Whole, "\"\"", "stop");
            cases.Add(Way.WholeToAStream, "null", "stop");
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Finishes))]
    public async Task Any_word_for_the_finish_reason_keeps_the_answer(Way way, string finish, string expected)
    {
        var response = await AskAsync(way, Choice(way, $"\"content\":{Quoted(Text)}", finish), Usage);
        Assert.Equal((Text, expected), (response.Text, response.FinishReason?.Value));
        Assert.Equal((5, 6), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Content_in_parts_is_one_text_and_its_thoughts_are_not_in_it(Way way)
    {
        var response = await AskAsync(
            way, Choice(way,
                """ "content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"The sum is 4.\n"},"""
                    + """{"type":"text","text":"ANSWER: 4"}]""", "\"stop\""), Usage);
        Assert.Equal(Text, response.Text);
        Assert.Equal("hm", Thoughts(response));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Thoughts_under_any_name_are_thoughts_and_never_the_answer(Way way)
    {
        foreach (var name in new[] { "reasoning_content", "reasoning", "thinking", "thoughts" })
        {
            var response = await AskAsync(way, Choice(way, $"\"content\":null,\"{name}\":{Quoted(Text)}", "\"stop\""), Usage);
            Assert.Equal(("", Text), (response.Text, Thoughts(response)));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Thoughts_at_the_start_of_the_text_are_thoughts_and_marks_in_the_answer_stay(Way way)
    {
        const string Answer = "The mark is <think>.\nANSWER: 4";
        foreach (var (open, close) in new[] { ("<think>\n", "\n</think>\n\n"), ("[THINK]", "[/THINK]"), ("<seed:think>", "</seed:think>") })
        {
            var content = Quoted($"{open}ANSWER: 5?{close}{Answer}");
            var response = await AskAsync(way, Choice(way, $"\"content\":{content}", "\"stop\""), Usage);
            Assert.Equal((Answer, "ANSWER: 5?"), (response.Text, Thoughts(response)?.Trim()));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Arguments_as_an_object_and_calls_without_id_or_type_are_read(Way way)
    {
        foreach (var call in new[]
        {
            """ "tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":{"a":"b"}}}]""",
            """ "tool_calls":[{"function":{"name":"f","arguments":"{\"a\":\"b\"}"}}]""",
            """ "tool_calls":{"name":"f","arguments":{"a":"b"}}""",
            """ "function_call":{"name":"f","arguments":{"a":"b"}}""",
        })
        {
            var response = await AskAsync(way, Choice(way, $"\"content\":null,{call}", "\"tool_calls\""), Usage);
            var read = Assert.Single(response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>());
            Assert.Equal(("f", "b"), (read.Name, read.Arguments!["a"]!.ToString()));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Arguments_that_are_null_or_empty_are_none(Way way)
    {
        foreach (var arguments in new[] { "null", "{}", "\"{}\"", "\"\"" })
        {
            var response = await AskAsync(way,
                Choice(way,
                $$$""" "content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":{{{arguments}}}}}]""",
                "\"tool_calls\""), Usage);
            var read = Assert.Single(response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>());
            Assert.Empty(read.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal));
            Assert.Null(read.Exception);
        }
    }

    [Theory]
    [InlineData("null", null, null, null)]
    [InlineData("""{"total_tokens":11}""", null, null, 11)]
    [InlineData("""{"prompt_tokens":5}""", 5, null, null)]
    [InlineData("""{"prompt_tokens":5,"total_tokens":11}""", 5, 6, 11)]
    [InlineData("""{"input_tokens":"5","output_tokens":6.0}""", 5, 6, 11)]
    [InlineData("""{"prompt_tokens":null,"completion_tokens":"many"}""", null, null, null)]
    [InlineData("""{}""", null, null, null)]
    public async Task Usage_in_part_is_known_in_part_and_never_zero(string usage, int? input, int? output, int? total)
    {
        foreach (var way in Enum.GetValues<Way>())
        {
            var response = await AskAsync(way, Choice(way, $"\"content\":{Quoted(Text)}", "\"stop\""), usage);
            Assert.Equal(((long?)input, (long?)output, (long?)total),
                (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount, response.Usage?.TotalTokenCount));
        }
    }

    [Theory]
    [InlineData("""{"error":{"message":"model crashed","code":502}}""", "model crashed", HttpStatusCode.BadGateway)]
    [InlineData("""{"error":"model crashed"}""", "model crashed", HttpStatusCode.OK)]
    [InlineData("""[{"error":{"message":"model crashed","code":429}}]""", "model crashed", HttpStatusCode.TooManyRequests)]
    [InlineData("""{"object":"error","message":"model crashed","code":400}""", "model crashed", HttpStatusCode.BadRequest)]
    [InlineData("""{"choices":[{"finish_reason":"error","error":{"message":"model crashed"}}]}""", "model crashed", HttpStatusCode.OK)]
    public async Task Success_with_an_error_in_it_is_that_error(string body, string message, HttpStatusCode status)
    {
        foreach (var way in Enum.GetValues<Way>())
        {
            var reply = way == Way.Stream ? Events($"data: {body}\n\n") : Body(body);
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(way, reply));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
            Assert.Contains("answered 200 with an error", error.Message, StringComparison.Ordinal);
            Assert.Equal(status, error.StatusCode);
        }
    }

    [Theory]
    [InlineData("""{"id":"c","object":"chat.completion"}""", "no choices")]
    [InlineData("""{"choices":[]}""", "no choices")]
    [InlineData("""{"choices":[{"mess""", "no readable JSON")]
    [InlineData("<html><head><title>Sign in</title></head><body>Proxy</body></html>", "(a page) Sign in")]
    [InlineData("", "an empty body")]
    [InlineData("42", "no choices")]
    public async Task What_is_no_completion_is_named_with_the_address_and_what_came(string body, string expected)
    {
        foreach (var way in new[] { Way.Whole, Way.WholeToAStream })
        {
            if (body == "42" && way == Way.WholeToAStream)
                continue; // no line of an event stream begins with a bracket, and neither does a number
            var error = await Assert.ThrowsAsync<InvalidDataException>(() => AskAsync(way, Body(body)));
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            Assert.Contains("/v1 answered is not a chat completion", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_with_an_error_status_is_named_by_its_title()
    {
        var error = await Assert.ThrowsAsync<HttpRequestException>(
            () => AskAsync(Way.Whole, Body("<html><title>502 Bad Gateway</title><body><hr>nginx</body></html>") with { Status = 502 }));
        Assert.EndsWith("(a page) 502 Bad Gateway", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_streams_is_asked_for_whole_answers_by_a_setting()
    {
        await using var server = await ChatCompletionsServer.StartAsync(Text);
        using var host = Host(server.Endpoint, ("OpenAI:Stream", "false"));
        Assert.Equal(Text, (await Client(host).GetStreamingResponseAsync("x",
            cancellationToken: TestContext.Current.CancellationToken).ToChatResponseAsync(TestContext.Current.CancellationToken)).Text);
        Assert.False(server.Calls[0].Body.ContainsKey("stream"));
    }

    [Fact]
    public async Task The_time_a_busy_server_asks_for_is_on_the_error()
    {
        var error = await Assert.ThrowsAsync<HttpRequestException>(
            () => AskAsync(Way.Stream, new ChatReply("later") { Status = 429, RetryAfter = "7" }));
        Assert.Equal(TimeSpan.FromSeconds(7), error.Data["Retry-After"]);
    }

    [Fact]
    public async Task A_full_context_is_told_apart_in_a_stream_too()
    {
        var response = await AskAsync(Way.Stream,
            new ChatReply("This model's maximum context length is 8 tokens.") { Status = 400, Code = "context_length_exceeded" });
        Assert.Equal(true, response.AdditionalProperties![CognitiveTools.Chat.ChatOptionKeys.ContextFull]);
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string Choice(Way way, string message, string finish) =>
        $$"""{"index":0,"{{(way == Way.Stream ? "delta" : "message")}}":{"role":"assistant",{{message}}},"finish_reason":{{finish}}}""";

    private static string Chunk(string delta, string finish, string usage = "null") =>
        $$"""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{{Choice(Way.Stream, delta, finish)}}]"""
            + $$""","usage":{{usage}}}""";

    private static ChatReply Body(string body) => new("") { Body = body };

    private static ChatReply Events(string events) => new("") { Body = events, BodyType = "text/event-stream" };

    private static string? Thoughts(ChatResponse response) =>
        string.Concat(response.Messages.SelectMany(m => m.Contents).OfType<TextReasoningContent>().Select(c => c.Text));

    private static Task<ChatResponse> AskAsync(Way way, string choice, string usage) => AskAsync(way, way == Way.Stream
        ? Events($$$"""
            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{{{choice}}}]}

            data: {"choices":[],"usage":{{{usage}}}}

            data: [DONE]


            """)
        : Body($$"""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{{choice}}],"usage":{{usage}}}"""));

    private static async Task<ChatResponse> AskAsync(Way way, ChatReply reply)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => reply);
        using var host = Host(server.Endpoint);
        var token = TestContext.Current.CancellationToken;
        return way == Way.Whole
            ? await Client(host).GetResponseAsync("x", cancellationToken: token)
            : await Client(host).GetStreamingResponseAsync("x", cancellationToken: token).ToChatResponseAsync(token);
    }

    private static IChatClient Client(IHost host) => host.Services.GetRequiredKeyedService<IChatClient>("verbal");

    private static IHost Host(string endpoint, params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddOpenAICompatibleClient(options => (options.Endpoint, options.Model, options.Retries) = (endpoint,
            ChatCompletionsServer.Model, 0));
        Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(
            builder.Configuration, settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        return builder.Build();
    }
}
