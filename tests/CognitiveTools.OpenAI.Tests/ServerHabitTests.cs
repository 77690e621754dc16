using System.Net;
using CognitiveTools.Calls;
using CognitiveTools.Reasoners;
using CognitiveTools.TestServers;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>Habits of servers around the answer: errors that are none, errors in odd places, usage in odd places, ids, pings.</summary>
public sealed class ServerHabitTests
{
    private const string Usage = """ "usage":{"prompt_tokens":5,"completion_tokens":6,"total_tokens":11}""";

    public static TheoryData<string> Nothings => ["\"error\":null", "\"error\":\"\"", "\"error\":{}", "\"error\":[]", "\"error\":false",
        "\"errors\":[]", """ "base_resp":{"status_code":0,"status_msg":""}""", "\"message\":\"ok\"", "\"code\":0"];

    /// <summary>Members of a body or of its choice that are an error, and its text.</summary>
    public static TheoryData<string, string, HttpStatusCode> Errors => new()
    {
        { """ "error":{"message":"model crashed","code":502},"choices":[CHOICE]""", "model crashed", HttpStatusCode.BadGateway },
        { """ "choices":[{"index":0,"PART":{"content":""},"finish_reason":"error"}],"error":{"code":"server_error","message":"gone"}""",
            "gone", HttpStatusCode.OK },
        { """ "choices":[{"index":0,"PART":{"content":"x"},"error":{"message":"provider is down","code":503},"finish_reason":null}]""",
            "provider is down", HttpStatusCode.OK },
        { """ "base_resp":{"status_code":1004,"status_msg":"login fail"}""", "login fail", HttpStatusCode.OK },
        { """ "choices":null,"base_resp":{"status_code":1008,"status_msg":"no balance"}""", "no balance", HttpStatusCode.OK },
        { """ "errors":[{"message":"AiError: bad input","code":5006}],"success":false""", "AiError: bad input", HttpStatusCode.OK },
    };

    [Theory]
    [MemberData(nameof(Nothings))]
    public async Task A_member_for_errors_with_nothing_in_it_is_no_error(string member)
    {
        foreach (var streams in new[] { false, true })
            Assert.Equal("ANSWER: 4", (await AskAsync(streams, $"{member},\"choices\":[CHOICE],{Usage}")).Text);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_in_a_success_is_that_error_wherever_it_stands(string members, string message, HttpStatusCode status)
    {
        foreach (var streams in new[] { false, true })
        {
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(streams, members));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
            if (status != HttpStatusCode.OK)
                Assert.Equal(status, error.StatusCode);
        }
    }

    [Theory]
    [InlineData("data: the model ran out of memory", "the model ran out of memory", HttpStatusCode.OK)]
    [InlineData("""data: {"message":"overloaded"}""", "overloaded", HttpStatusCode.OK)]
    [InlineData("""data: {"error":{"type":"overloaded_error","message":"Overloaded","code":529}}""", "Overloaded", (HttpStatusCode)529)]
    public async Task An_event_that_is_called_an_error_is_one_whatever_its_form(string data, string message, HttpStatusCode status)
    {
        foreach (var before in new[] { "", $"data: {Chunk("{\"content\":\"The sum\"}", "null")}\n\n" })
        {
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(Events($"{before}event: error\n{data}\n\n")));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
            Assert.Equal(status, error.StatusCode);
        }
    }

    [Fact]
    public async Task Events_between_the_chunks_that_are_no_chunks_are_passed_over()
    {
        var response = await AskAsync(Events(
            """data: {"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results":[]}""" + "\n\n"
            + $"event: ping\ndata: {{\"type\":\"ping\"}}\n\ndata: {Chunk("{\"role\":\"assistant\"}", "null")}\n\n: keep-alive\n\n"
            + $"data: {Chunk("{\"content\":\"ANSWER\"}", "null")}\n\nevent: ping\ndata:\n\nid: 7\nretry: 100\n\n"
            + $"data: {Chunk("{\"content\":\": 4\"}", "\"stop\"")}\n\n"));
        Assert.Equal(("ANSWER: 4", ChatFinishReason.Stop, "m"), (response.Text, response.FinishReason, response.ModelId));
    }

    [Fact]
    public async Task Chunks_with_ids_of_their_own_are_one_answer()
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => Events(string.Concat(
            new[] { "AN", "SWER", ": 4" }.Select((text, i) =>
                $"data: {Chunk($"{{\"content\":\"{text}\"}}", i == 2 ? "\"stop\"" : "null", id: $"c{i}")}\n\n"))));
        using var host = new EndpointHost(server.Endpoint);
        Assert.Equal("ANSWER: 4", (await host.SolveAsync("cot")).Answer);
    }

    [Theory]
    [InlineData("""{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}""", null, null)]
    [InlineData("""{"prompt_tokens":0,"completion_tokens":6,"total_tokens":6}""", null, 6)]
    [InlineData("""{"prompt_tokens":9,"completion_tokens":6,"total_tokens":3}""", 9, 6)]
    [InlineData("""{"prompt_tokens":9,"total_tokens":3}""", 9, null)]
    [InlineData("""{"completion_tokens":6,"total_tokens":3}""", null, 6)]
    public async Task Usage_that_cannot_be_true_is_unknown(string usage, int? input, int? output)
    {
        foreach (var streams in new[] { false, true })
        {
            var response = await AskAsync(streams, $"\"choices\":[CHOICE],\"usage\":{usage}");
            Assert.Equal(((long?)input, (long?)output), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount));
        }
    }

    [Fact]
    public async Task A_solve_with_a_usage_of_0_is_not_free()
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => Reply(
            streams: true, "\"choices\":[CHOICE],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}"));
        using var host = new EndpointHost(server.Endpoint);
        var reasoning = await host.SolveAsync("cot");
        Assert.True(reasoning.Usage.Incomplete);
        Assert.Contains(ModelTurn.NoUsage, reasoning.Notes);
    }

    [Theory]
    [InlineData("\"choices\":[{\"index\":0,\"PART\":{\"content\":\"ANSWER: 4\"},\"finish_reason\":\"stop\",USAGE}]")] // Moonshot
    [InlineData("\"choices\":[CHOICE],\"x_groq\":{\"id\":\"r\",USAGE}")]
    public async Task Usage_is_found_where_a_server_puts_it(string members)
    {
        foreach (var streams in new[] { false, true })
        {
            var response = await AskAsync(streams, members.Replace("USAGE", Usage, StringComparison.Ordinal));
            Assert.Equal((5, 6), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount));
        }
    }

    [Fact]
    public async Task Usage_of_0_at_the_end_does_not_undo_what_was_counted()
    {
        var response = await AskAsync(Events($$"""data: {"id":"c","choices":[{{Choice("delta")}}],{{Usage}}}""" + "\n\n"
            + """data: {"id":"c","choices":[],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}"""
            + "\n\ndata: [DONE]\n\n"));
        Assert.Equal((5, 6), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount));
    }

    [Fact]
    public async Task A_whole_message_after_a_chunk_with_the_role_alone_is_the_answer()
    {
        var response = await AskAsync(Events($"data: {Chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null")}\n\n"
            + $$"""data: {"id":"c","choices":[{{Choice("message")}}]}""" + "\n\n"));
        Assert.Equal("ANSWER: 4", response.Text);
    }

    [Theory]
    [InlineData("content_filter: SAFETY", "content_filter")]
    [InlineData("FinishReason.MAX_TOKENS", "length")]
    [InlineData("finish_reason: stop", "stop")]
    [InlineData("length", "length")]
    public async Task A_finish_reason_with_words_before_it_is_read(string written, string expected)
    {
        foreach (var streams in new[] { false, true })
        {
            var members = $"\"choices\":[{{\"index\":0,\"PART\":{{\"content\":\"x\"}},\"finish_reason\":\"{written}\"}}],{Usage}";
            Assert.Equal(expected, (await AskAsync(streams, members)).FinishReason?.Value);
        }
    }

    [Theory]
    [InlineData("function_call_filter: MALFORMED_FUNCTION_CALL")]
    [InlineData("abort")]
    public async Task An_answer_that_the_server_gave_up_is_an_error(string finish)
    {
        foreach (var streams in new[] { false, true })
        {
            var members = $"\"choices\":[{{\"index\":0,\"PART\":{{\"content\":\"x\"}},\"finish_reason\":\"{finish}\"}}],{Usage}";
            await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(streams, members));
        }
    }

    [Theory]
    [InlineData(""" "PART":{"content":[{"type":"refusal","refusal":"I cannot help with that."}]}""")]
    [InlineData(""" "PART":{"content":null,"refusal":"I cannot help with that."}""")]
    [InlineData(""" "PART":{"content":"","refusal":"I cannot help with that."}""")]
    public async Task A_refusal_is_the_answer_wherever_it_stands(string part)
    {
        foreach (var streams in new[] { false, true })
        {
            await using var server = await ChatCompletionsServer.StartAsync(
                _ => Reply(streams, $"\"choices\":[{{\"index\":0,{part},\"finish_reason\":\"stop\"}}],{Usage}"));
            using var host = new EndpointHost(server.Endpoint, ("OpenAI:Stream", streams ? "true" : "false"));
            var reasoning = await host.SolveAsync("cot");
            Assert.Equal((StopReason.Completed, "I cannot help with that."), (reasoning.Stop, reasoning.Answer));
            Assert.Contains(ModelTurn.Refused, reasoning.Notes);
        }
    }

    [Theory]
    [InlineData(""" "content":"ANSWER: 4","reasoning_details":[{"type":"reasoning.text","text":"hm"}]""", "hm")]
    [InlineData(""" "content":"ANSWER: 4","reasoning_details":[{"type":"reasoning.summary","summary":"hm"}]""", "hm")]
    [InlineData(""" "content":"ANSWER: 4","reasoning_details":[{"type":"reasoning.encrypted","data":"xyz"}]""", "")]
    [InlineData(""" "content":"ANSWER: 4","reasoning":"hm","reasoning_content":"hm" """, "hm")]
    [InlineData(""" "content":"ANSWER: 4","reasoning":{"content":"hm"}""", "hm")]
    [InlineData(""" "content":[{"type":"reasoning","text":"hm"},{"type":"output_text","text":"ANSWER: 4"}]""", "hm")]
    [InlineData(""" "content":{"type":"text","text":"ANSWER: 4"}""", "")]
    [InlineData(""" "content":["ANSWER",": 4"]""", "")]
    public async Task Text_and_thoughts_are_told_apart_in_any_form(string message, string thoughts)
    {
        foreach (var streams in new[] { false, true })
        {
            var response = await AskAsync(
                streams, "\"choices\":[{\"index\":0,\"PART\":{" + message + "},\"finish_reason\":\"stop\"}]");
            Assert.Equal("ANSWER: 4", response.Text);
            Assert.Equal(thoughts, string.Concat(
                response.Messages.SelectMany(static m => m.Contents).OfType<TextReasoningContent>().Select(static c => c.Text)));
        }
    }

    [Fact]
    public async Task A_message_that_is_only_a_text_is_the_answer() =>
        Assert.Equal("ANSWER: 4", (await AskAsync(
            streams: false, "\"choices\":[{\"index\":0,\"message\":\"ANSWER: 4\",\"finish_reason\":\"stop\"}]")).Text);

    private static string Choice(string part) => $$"""{"index":0,"{{part}}":{"content":"ANSWER: 4"},"finish_reason":"stop"}""";

    private static string Chunk(string delta, string finish, string id = "c") =>
        $$"""{"id":"{{id}}","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{{delta}},"""
            + $"\"finish_reason\":{finish}}}]}}";

    private static ChatReply Events(string events) => new("") { Body = events, BodyType = "text/event-stream" };

    private static ChatReply Reply(bool streams, string members)
    {
        var part = streams ? "delta" : "message";
        var body = "{\"id\":\"c\",\"created\":1,\"model\":\"m\","
            + members.Replace("CHOICE", Choice(part), StringComparison.Ordinal).Replace("PART", part, StringComparison.Ordinal) + "}";
        return streams ? Events($"data: {body}\n\ndata: [DONE]\n\n") : new ChatReply("") { Body = body };
    }

    private static async Task<ChatResponse> AskAsync(bool streams, string members)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => Reply(streams, members));
        using var host = new EndpointHost(server.Endpoint);
        return await host.AskAsync(streams: streams);
    }

    private static async Task<ChatResponse> AskAsync(ChatReply reply)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => reply);
        using var host = new EndpointHost(server.Endpoint);
        return await host.AskAsync(streams: true);
    }
}
