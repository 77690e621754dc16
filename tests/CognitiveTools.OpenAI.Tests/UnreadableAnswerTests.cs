using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.TestServers;
using CognitiveTools.Verbal;
using CsCheck;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>Answers that cannot be read: each is the endpoint's error, with its address and an excerpt, and its usage is unknown.</summary>
public sealed class UnreadableAnswerTests
{
    private const string Whole = """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"ANSWER: 4"},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":6,"total_tokens":11}}""";
    private const string Chunk = """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"ANSWER: 4"},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":6,"total_tokens":11}}""";

    // Where a byte stood, or between two members: what breaks readers.
    private static readonly string[] Splinters =
    [
        "\"usage\":{},", "\"choices\":[],", "\"content\":\"x\",", "\"content\":\"\\ud800\",", "\"\\udfff\":1,", "\\ud83d", "\"prompt_tokens\":1,", "\"prompt_tokens\":\"\\ud800\",", "1e999", "-1", "null",
        "[", "]", "{", "}", "\"", ",", ":", "\\", "\u0000", "\n", "\n\ndata: ", "99999999999999999999", "\"error\":{\"message\":\"\\ud800\"},", "\"index\":1,", "\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"\\ud800\"}}],",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Broken => new()
    {
        { "\"choices\":", "\"choices\":[],\"choices\":" },
        { "\"prompt_tokens\":5", "\"prompt_tokens\":5,\"prompt_tokens\":7" },
        { "\"content\":\"ANSWER: 4\"", "\"content\":\"ANSWER: 5\",\"content\":\"ANSWER: 4\"" },
        { "\"usage\":", "\"usage\":null,\"usage\":" },
        { "ANSWER: 4", "ANSWER: \\ud800" },
        { "ANSWER: 4", "\\udc00 4" },
        { "\"prompt_tokens\":5", "\"prompt_tokens\":\"\\ud800\"" },
        { "\"model\":\"m\"", "\"model\":\"\\ud800\"" },
        { "\"created\":1", "\"\\ud800\":1" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task An_answer_with_a_key_twice_or_half_a_character_is_the_endpoints_error_and_its_usage_is_unknown(string found, string replaced)
    {
        foreach (var isStream in new[] { false, true })
        {
            var sent = (isStream ? Chunk : Whole).Replace(found, replaced, StringComparison.Ordinal);
            await using var server = await ChatCompletionsServer.StartAsync(_ => Reply(sent, isStream));
            using var host = Host(server.Endpoint);

            foreach (var asksForStream in new[] { isStream, true })
            {
                var error = await Assert.ThrowsAsync<InvalidDataException>(() => AskAsync(host, asksForStream));
                Assert.Contains(server.Endpoint, error.Message, StringComparison.Ordinal);
                Assert.Contains("\"object\":\"chat.completion", error.Message, StringComparison.Ordinal);
                Assert.NotNull(error.InnerException?.InnerException);
            }

            var profile = PromptProfile.Embedded();
            var reasoning = await new PromptReasoner(Client(host), profile, "cot").SolveAsync(new Question("q", "2+2?"), new SolveOptions(), Token);
            Assert.Equal(StopReason.Failed, reasoning.Stop);
            // A chunk whose usage could be read, though not its text, is billed as the server says.
            Assert.Contains((reasoning.Usage.Incomplete, reasoning.Usage.Positions), isStream ? [(true, 0L), (false, 11L)] : new[] { (true, 0L) });
            Assert.Contains(server.Endpoint, reasoning.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whatever_a_server_sends_only_the_documented_exceptions_come_out()
    {
        var reply = Reply(Whole, isStream: false);
        await using var server = await ChatCompletionsServer.StartAsync(_ => reply);
        using var host = Host(server.Endpoint);
        var mutation = Gen.Select(Gen.Int[0, 400], Gen.Int[0, 12], Gen.OneOf(Splinters));
        await Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, mutation.Array[1, 3]).SampleAsync(
            async (isStream, asksForStream, isError, mutations) =>
            {
                var body = mutations.Aggregate(isStream ? Chunk : Whole, Mutated);
                reply = isError && !isStream ? new ChatReply("") { Body = body, Status = 400 } : Reply(body, isStream);
                try
                {
                    await AskAsync(host, asksForStream);
                }
                catch (Exception e) when (e is InvalidDataException or HttpRequestException)
                {
                    Assert.Contains(server.Endpoint, e.Message, StringComparison.Ordinal);
                }
            },
            iter: 600,
            threads: 1);
    }

    [Fact]
    public async Task Of_several_choices_the_first_by_index_is_the_answer()
    {
        const string First = """{"index":0,"KIND":{"role":"assistant","content":"first"},"finish_reason":"stop"}""";
        const string Second = """{"index":1,"KIND":{"role":"assistant","content":"second"},"finish_reason":"length"}""";
        foreach (var isStream in new[] { false, true })
        {
            var choices = $"[{Second},{First}]".Replace("KIND", isStream ? "delta" : "message", StringComparison.Ordinal);
            await using var server = await ChatCompletionsServer.StartAsync(_ => Reply($"{{\"id\":\"c\",\"choices\":{choices}}}", isStream));
            using var host = Host(server.Endpoint);
            var response = await AskAsync(host, asksForStream: isStream);
            Assert.Equal(("first", ChatFinishReason.Stop), (response.Text, response.FinishReason));
        }
    }

    [Theory]
    [InlineData("""data: {"choices":[{"index":1,"delta":{"content":"x"},"finish_reason":"stop"}]}""")]
    [InlineData("""data: {"choices":[]}""")]
    public async Task A_stream_without_the_first_choice_is_no_answer(string events)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply("") { Body = events + "\n\ndata: [DONE]\n\n", BodyType = "text/event-stream" });
        using var host = Host(server.Endpoint);
        await Assert.ThrowsAsync<InvalidDataException>(() => AskAsync(host, asksForStream: true));
    }

    [Fact]
    public async Task The_servers_filter_is_noted()
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => Reply(Chunk.Replace("\"stop\"", "\"content_filter\"", StringComparison.Ordinal), isStream: true));
        using var host = Host(server.Endpoint);
        var reasoning = await new PromptReasoner(Client(host), PromptProfile.Embedded(), "cot").SolveAsync(new Question("q", "2+2?"), new SolveOptions(), Token);
        Assert.Contains("content filter", Assert.Single(reasoning.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task Thoughts_alone_are_an_empty_answer(string content)
    {
        foreach (var isStream in new[] { false, true })
        {
            var sent = (isStream ? Chunk : Whole).Replace("\"content\":\"ANSWER: 4\"", $"\"content\":{content},\"reasoning_content\":\"hm\"", StringComparison.Ordinal);
            await using var server = await ChatCompletionsServer.StartAsync(_ => Reply(sent, isStream));
            using var host = Host(server.Endpoint);
            var reasoning = await new PromptReasoner(Client(host), PromptProfile.Embedded(), "cot").SolveAsync(new Question("q", "2+2?"), new SolveOptions(), Token);
            Assert.Equal("", reasoning.Answer);
        }
    }

    private static string Mutated(string body, (int Place, int Removed, string Splinter) mutation)
    {
        var place = mutation.Place % (body.Length + 1);
        return body[..place] + mutation.Splinter + body[Math.Min(body.Length, place + mutation.Removed)..];
    }

    private static ChatReply Reply(string body, bool isStream) => isStream
        ? new ChatReply("") { Body = $"data: {body}\n\ndata: [DONE]\n\n", BodyType = "text/event-stream" }
        : new ChatReply("") { Body = body };

    private static IChatClient Client(IHost host) => host.Services.GetRequiredKeyedService<IChatClient>("verbal");

    private static Task<ChatResponse> AskAsync(IHost host, bool asksForStream) => asksForStream
        ? Client(host).GetStreamingResponseAsync("x", cancellationToken: Token).ToChatResponseAsync(Token)
        : Client(host).GetResponseAsync("x", cancellationToken: Token);

    private static IHost Host(string endpoint)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddOpenAICompatibleClient(options => (options.Endpoint, options.Model, options.Retries) = (endpoint, ChatCompletionsServer.Model, 0));
        return builder.Build();
    }
}
