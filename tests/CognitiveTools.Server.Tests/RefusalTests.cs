using System.Text.Json;
using CognitiveTools.Testing;
using CsCheck;

namespace CognitiveTools.Server.Tests;

/// <summary>Refused bodies: each gets an error in the protocol's terms, and none reaches the model.</summary>
public sealed class RefusalTests
{
    private const string Minimal = """ "model":"plain","messages":[{"role":"user","content":"x"}] """;

    [Theory]
    [InlineData("n", """ "n":2 """)]
    [InlineData("logprobs", """ "logprobs":true """)]
    [InlineData("top_logprobs", """ "top_logprobs":3 """)]
    [InlineData("logit_bias", """ "logit_bias":{"50256":-100} """)]
    [InlineData("tools", """ "tools":{"type":"function"} """)]
    [InlineData("tools[0].type", """ "tools":[{"type":"web_search"}] """)]
    [InlineData("tools[0].function.name", """ "tools":[{"type":"function","function":{}}] """)]
    [InlineData("tools[0].function.parameters", """ "tools":[{"type":"function","function":{"name":"f","parameters":1}}] """)]
    [InlineData("tool_choice", """ "tool_choice":"maybe" """)]
    [InlineData("tool_choice", """ "tools":[],"tool_choice":{"type":"function","function":{"name":"g"}} """)]
    [InlineData("response_format", """ "tools":[{"type":"function","function":{"name":"f"}}],"response_format":{"type":"json_object"} """)]
    [InlineData("functions", """ "functions":[{"name":"f"}] """)]
    [InlineData("tool_choice", """ "tool_choice":"required" """)]
    [InlineData("verbosity", """ "verbosity":"low" """)]
    [InlineData("audio", """ "audio":{"voice":"alloy","format":"mp3"} """)]
    [InlineData("modalities", """ "modalities":["text","audio"] """)]
    [InlineData("frequency_penalty", """ "frequency_penalty":0.5 """)]
    [InlineData("reasoning_effort", """ "reasoning_effort":"much" """)]
    [InlineData("seed", """ "seed":"7" """)]
    [InlineData("seed", """ "seed":1.5 """)]
    [InlineData("temperature", """ "temperature":2.1 """)]
    [InlineData("temperature", """ "temperature":-1 """)]
    [InlineData("temperature", """ "temperature":1e999 """)]
    [InlineData("top_p", """ "top_p":"all" """)]
    [InlineData("max_tokens", """ "max_tokens":0 """)]
    [InlineData("max_tokens", """ "max_tokens":99999999999999999999 """)]
    [InlineData("max_tokens", """ "max_tokens":4,"max_completion_tokens":5 """)]
    [InlineData("stream", """ "stream":"yes" """)]
    [InlineData("stream_options", """ "stream_options":{"include_usage":true} """)]
    [InlineData("stream_options.other", """ "stream":true,"stream_options":{"other":true} """)]
    [InlineData("stop", """ "stop":[""] """)]
    [InlineData("stop[1]", """ "stop":["a",1] """)]
    [InlineData("stop", """ "stop":{"a":1} """)]
    [InlineData("response_format.type", """ "response_format":{"type":"yaml"} """)]
    [InlineData("response_format.type", """ "response_format":{} """)]
    [InlineData("response_format.json_schema.schema", """ "response_format":{"type":"json_schema","json_schema":{"name":"a"}} """)]
    [InlineData("response_format.json_schema.mood",
        """ "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{},"mood":1}} """)]
    [InlineData("top_k", """ "top_k":40 """)]
    [InlineData("Temperature", """ "Temperature":1 """)]
    [InlineData("__proto__", """ "__proto__":{} """)]
    public async Task What_is_not_honoured_is_refused_by_name(string parameter, string field)
    {
        var error = await RefusedAsync($"{{{Minimal},{field}}}", 400);

        Assert.Equal(parameter, error.GetProperty("param").GetString());
        Assert.Contains($"'{parameter}'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("model", """{"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("model", """{"model":7,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("messages", """{"model":"plain"}""")]
    [InlineData("messages", """{"model":"plain","messages":[]}""")]
    [InlineData("messages", """{"model":"plain","messages":"hello"}""")]
    [InlineData("messages[0]", """{"model":"plain","messages":["hello"]}""")]
    [InlineData("messages[0].role", """{"model":"plain","messages":[{"content":"x"}]}""")]
    [InlineData("messages[0].tool_call_id", """{"model":"plain","messages":[{"role":"tool","content":"x"}]}""")]
    [InlineData("messages[0].role", """{"model":"plain","messages":[{"role":"function","name":"f","content":"x"}]}""")]
    [InlineData("messages[0].tool_calls", """{"model":"plain","messages":[{"role":"assistant","tool_calls":{}}]}""")]
    [InlineData("messages[0].tool_calls[0].function.arguments",
        """{"model":"plain","messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":"""
            + """{"name":"f","arguments":"x"}}]}]}""")]
    [InlineData("messages[0].role", """{"model":"plain","messages":[{"role":"root","content":"x"}]}""")]
    [InlineData("messages[1].content", """{"model":"plain","messages":[{"role":"user","content":"x"},{"role":"user","content":null}]}""")]
    [InlineData("messages[0].content[0].type",
        """{"model":"plain","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]}""")]
    [InlineData("messages[0].name", """{"model":"plain","messages":[{"role":"user","content":"x","name":"me"}]}""")]
    [InlineData("messages[0].content", """{"model":"plain","messages":[{"role":"user","content":"\ud800"}]}""")]
    public async Task A_conversation_that_cannot_be_read_is_refused_with_the_place(string parameter, string body)
    {
        Assert.Equal(parameter, (await RefusedAsync(body, 400)).GetProperty("param").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"model\":\"plain\",\"model\":\"plain\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("{\"model\":\"plain\"} trailing")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        Assert.Equal(JsonValueKind.Null, (await RefusedAsync(body, 400)).GetProperty("param").ValueKind);
    }

    [Fact]
    public async Task A_body_nested_without_end_is_refused()
    {
        await RefusedAsync($"{{{Minimal},\"x\":{new string('[', 100_000)}}}", 400);
    }

    [Theory]
    [InlineData("messages", """{"model":"plain","messages":[MANY]}""", """{"role":"user","content":"x"}""")]
    [InlineData("messages[0].content", """{"model":"plain","messages":[{"role":"user","content":[MANY]}]}""",
        """{"type":"text","text":"x"}""")]
    public async Task More_messages_or_parts_than_are_read_are_refused_with_their_number(string parameter, string body, string one)
    {
        var error = await RefusedAsync(body.Replace("MANY", string.Join(',', Enumerable.Repeat(one, 40_000)),
            StringComparison.Ordinal), 400);

        Assert.Equal((parameter, "too_many_messages"), (error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
        Assert.Contains("40000", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient("never"),
            options => options with { MaxBodyBytes = 1000 });

        var (status, body) = await server.PostAsync(
            $$"""{"model":"plain","messages":[{"role":"user","content":"{{new string('x', 2000)}}"}]}""");

        Assert.Equal((413, "request_too_large"), (status, body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Another_type_than_JSON_is_refused_so_that_no_web_page_can_post_here()
    {
        var model = new ScriptedChatClient("never");
        await using var server = await ServerUnderTest.StartAsync(model);

        var (status, _) = await server.PostAsync($"{{{Minimal}}}", "text/plain");

        Assert.Equal(415, status);
        Assert.Empty(model.Requests);
    }

    [Theory]
    [InlineData(
        """{"n":1,"logprobs":false,"tools":[],"tool_choice":"auto","top_logprobs":0,"verbosity":"medium","frequency_penalty":"""
            + """0,"presence_penalty":0.0,"store":false,"metadata":{},"logit_bias":{},"modalities":["text"]"""
            + ""","service_tier":"auto","user":null,"stop":null,"response_format":{"type":"text"},"stream":false}""")]
    public async Task Values_that_ask_for_nothing_special_are_fine(string fields)
    {
        await using var server = await ServerUnderTest.StartAsync("yes");

        var (status, _) = await server.PostAsync($"{{{Minimal},{fields[1..]}");

        Assert.Equal(200, status);
    }

    [Fact]
    public async Task Whatever_is_posted_is_answered_with_an_error_in_the_protocols_words()
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient(_ => "yes"));
        var value = Gen.OneOf("null", "1", "-1", "1e400", "\"\"", "\"a\"", "[]", "{}", "true", "[{}]", "[[]]", "{\"type\":1}",
            "\"\\udfff\"");
        var name = Gen.OneOf("model", "messages", "stream", "stop", "seed", "tools", "response_format", "stream_options", "temperature",
            "n", "é", "");
        await Gen.Select(name, value).Array[0, 6].SampleAsync(
            async fields =>
            {
                var (status, body) = await server.PostAsync($"{{{string.Join(',', fields.Select(f => $"\"{f.Item1}\":{f.Item2}"))}}}");
                Assert.InRange(status, 400, 499);
                Assert.NotEmpty(body.GetProperty("error").GetProperty("message").GetString()!);
            },
            iter: 200,
            threads: 1);
    }

    private static async Task<JsonElement> RefusedAsync(string body, int status)
    {
        var model = new ScriptedChatClient("never");
        await using var server = await ServerUnderTest.StartAsync(model);
        var (actual, answer) = await server.PostAsync(body);
        Assert.Equal(status, actual);
        Assert.Empty(model.Requests);
        return answer.GetProperty("error");
    }
}
