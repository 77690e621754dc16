using System.Net;
using System.Text.Json.Nodes;
using CognitiveTools.Chat;
using CognitiveTools.OpenAI.Endpoints;
using CognitiveTools.Reasoners;
using CognitiveTools.TestServers;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>Servers that refuse parameters: defaults are left out with a note, wishes of the user are errors that name them.</summary>
public sealed class RefusedParameterTests
{
    /// <summary>Errors as servers word them, and the parameters that they refuse.</summary>
    public static TheoryData<string, string> Refusals => new()
    {
        {
            """{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' """
                + """instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}""",
            "max_tokens"
        },
        {
            """{"error":{"message":"Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is """
                + """supported.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}""",
            "temperature"
        },
        { """{"error":{"message":"Unsupported parameter: 'stop' is not supported with this model.","param":"stop","code":"x"}}""", "stop" },
        {
            """{"error":{"message":"Your organization must be verified to stream this model.","param":"stream","code":"x"}}""",
            "stream"
        },
        { """{"error":{"message":"Unrecognized request argument supplied: seed","type":"invalid_request_error","param":null}}""", "seed" },
        {
            """{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not """
                + """permitted","input":5}]},"type":"invalid_request_error"}""",
            "seed"
        },
        { """{"detail":[{"type":"extra_forbidden","loc":["body","parallel_tool_calls"],"msg":"Extra"}]}""", "parallel_tool_calls" },
        { """{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"seed\": Cannot find field."}}""", "seed" },
        { """{"code":"Client specified an invalid argument","error":"Model grok-4 does not support parameter stop."}""", "stop" },
        { """{"error":"Argument not supported on this model: presencePenalty"}""", "presence_penalty" },
        { """{"error":{"message":"litellm.UnsupportedParamsError: gpt-5 models don't support temperature=0."}}""", "temperature" },
        { """{"type":"error","error":{"type":"x","message":"`temperature` is deprecated for this model."}}""", "temperature" },
        { """{"error":{"message":"property 'top_k' is unsupported"}}""", "top_k" },
        { """{"error":{"message":"Unsupported value: 'none' is not supported.","param":"reasoning.effort"}}""", "reasoning" },
        { """{"error":{"message":"registry.ollama.ai/library/gemma3:latest does not support tools"}}""", "tools" },
        // Errors about a value, or about something else, refuse no parameter.
        { """{"error":{"message":"max_tokens is too large: 100000. This model supports at most 16384 completion tokens."}}""", "" },
        { """{"error":{"message":"Please stop sending requests; the stream of tools is not supported"}}""", "" },
        { """{"error":{"message":"'messages' must contain the word json"}}""", "" },
        { "not JSON", "" },
        { "", "" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void The_refused_parameter_is_found_in_a_servers_own_words(string body, string expected) =>
        Assert.Equal(expected, RefusedParameter.Of(body) is [var first, ..] ? first : "");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reasoning_model_of_OpenAI_answers_and_the_result_says_what_was_left_out(bool streams)
    {
        await using var server = await ReasoningModelAsync();
        using var host = new EndpointHost(server.Endpoint, ("OpenAI:Stream", streams ? "true" : "false"));

        var first = await host.SolveAsync("cot");
        var calls = server.Calls.Count;
        var second = await host.SolveAsync("cot");

        Assert.All([first, second], reasoning =>
        {
            Assert.Equal((StopReason.Completed, "ANSWER: 4", null), (reasoning.Stop, reasoning.Answer, reasoning.Error));
            Assert.Contains("the server takes no seed, so its answers cannot be repeated", reasoning.Notes);
            Assert.False(reasoning.Usage.Incomplete);
        });
        Assert.Equal(calls + 1, server.Calls.Count); // what was refused once is not sent again
        var sent = server.Calls[^1].Body;
        Assert.True(sent.ContainsKey("max_completion_tokens"));
        Assert.All(["max_tokens", "temperature", "seed", "stop"], name => Assert.False(sent.ContainsKey(name)));
    }

    [Fact]
    public async Task Requests_at_the_same_time_learn_together()
    {
        await using var server = await ReasoningModelAsync();
        using var host = new EndpointHost(server.Endpoint);
        var solved = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.SolveAsync("cot")));
        Assert.All(solved, reasoning => Assert.Equal(("ANSWER: 4", null), (reasoning.Answer, reasoning.Error)));
    }

    [Fact]
    public async Task A_temperature_that_the_user_asked_for_is_an_error_that_names_the_option_and_is_not_left_out()
    {
        await using var server = await ReasoningModelAsync();
        using var host = new EndpointHost(server.Endpoint);

        var reasoning = await host.SolveAsync("cot", new SolveOptions { Temperature = 0.5f });

        Assert.Equal(StopReason.Failed, reasoning.Stop);
        Assert.All(["refuses temperature", "--temperature none", "Only the default (1)"],
            words => Assert.Contains(words, reasoning.Error, StringComparison.Ordinal));
        Assert.Equal(StopReason.Failed, (await host.SolveAsync("cot:temperature=0.5")).Stop);
        Assert.Equal(StopReason.Completed, (await host.SolveAsync("cot:temperature=none", new SolveOptions { Temperature = 0.5f })).Stop);
    }

    [Fact]
    public async Task A_default_temperature_is_left_out_with_a_note()
    {
        await using var server = await ReasoningModelAsync();
        using var host = new EndpointHost(server.Endpoint);

        var response = await host.AskAsync(
            new ChatOptions { Temperature = 0.7f, AdditionalProperties = new() { [ChatOptionKeys.TemperatureIsDefault] = true } });

        Assert.Equal("ANSWER: 4", response.Text);
        Assert.Contains("the server refuses a temperature, so the default one was not sent", NotesOf(response));
        await Assert.ThrowsAsync<HttpRequestException>(() => host.AskAsync(new ChatOptions { Temperature = 0.7f }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_without_stop_sequences_gives_the_same_text_because_it_is_cut_here(bool streams)
    {
        await using var server = await ReasoningModelAsync("Let me see. <call>{}</call> I invent this.");
        using var host = new EndpointHost(server.Endpoint);

        var response = await host.AskAsync(new ChatOptions { StopSequences = ["</call>", "Observation:"] }, streams);

        Assert.Equal(("Let me see. <call>{}", "stop"), (response.Text, response.FinishReason?.Value));
        Assert.Contains(NotesOf(response), note => note.Contains("stop sequences", StringComparison.Ordinal));
        Assert.NotNull(response.Usage?.OutputTokenCount);
    }

    [Fact]
    public async Task A_server_that_refuses_streams_is_asked_for_whole_answers()
    {
        await using var server = await ChatCompletionsServer.StartAsync(call => (bool?)call.Body["stream"] is true
            ? new ChatReply("Your organization must be verified to stream this model. param 'stream'") { Status = 400 }
            : new ChatReply("ANSWER: 4"));
        using var host = new EndpointHost(server.Endpoint);

        var response = await host.AskAsync(streams: true);

        Assert.Equal("ANSWER: 4", response.Text);
        Assert.Contains(NotesOf(response), note => note.Contains("refuses to stream", StringComparison.Ordinal));
        await host.AskAsync(streams: true);
        Assert.Equal(3, server.Calls.Count);
    }

    [Fact]
    public async Task Sampling_that_OpenAI_does_not_have_is_sent_to_other_servers_under_their_names()
    {
        await using var server = await ChatCompletionsServer.StartAsync("ANSWER: 4");
        using var host = new EndpointHost(server.Endpoint);

        await host.SolveAsync("cot:temperature=0.6,topp=0.95,topk=20,minp=0.05,presence=0.5");

        var sent = server.Calls[0].Body;
        Assert.Equal((0.6, 0.95, 20, 0.05, 0.5), (Number("temperature"), Number("top_p"), (int)sent["top_k"]!, Number("min_p"),
            Number("presence_penalty")));

        double Number(string name) => Math.Round((double)sent[name]!, 3);
    }

    [Fact]
    public async Task What_nobody_asked_for_is_not_sent()
    {
        await using var server = await ChatCompletionsServer.StartAsync("ANSWER: 4");
        using var host = new EndpointHost(server.Endpoint);

        await host.SolveAsync("cot");

        Assert.All(["temperature", "top_p", "top_k", "min_p", "presence_penalty", "chat_template_kwargs", "reasoning_effort"],
            name => Assert.False(server.Calls[0].Body.ContainsKey(name)));
    }

    [Fact]
    public async Task A_refused_sampling_setting_is_an_error_that_names_it()
    {
        await using var server = await ChatCompletionsServer.StartAsync(
            _ => new ChatReply("Unrecognized request argument supplied: top_k") { Status = 400 });
        using var host = new EndpointHost(server.Endpoint);
        Assert.Contains("setting topk", (await host.SolveAsync("cot:topk=20")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vote_on_a_server_without_temperatures_says_so()
    {
        await using var server = await ReasoningModelAsync();
        using var host = new EndpointHost(server.Endpoint);
        var response = await host.AskAsync(
            new ChatOptions
            {
                Temperature = 0.7f,
                Seed = 3,
                AdditionalProperties = new() { [ChatOptionKeys.TemperatureIsDefault] = true },
            });
        Assert.Equal(2, NotesOf(response).Count());
    }

    [Fact]
    public async Task An_error_about_the_value_of_the_token_limit_names_the_option()
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply(
            "max_tokens is too large: 100000. This model supports at most 16384 completion tokens.")
        { Status = 400 });
        using var host = new EndpointHost(server.Endpoint);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => host.AskAsync(new ChatOptions { MaxOutputTokens = 100_000 }));
        Assert.Equal(HttpStatusCode.BadRequest, error.StatusCode);
        Assert.Contains("16384", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Calls);
    }

    private static IEnumerable<string> NotesOf(ChatResponse response) =>
        response.AdditionalProperties?.TryGetValue(ChatOptionKeys.Notes, out var notes) is true ? (IEnumerable<string>)notes! : [];

    // gpt-5 and the o-series: one refusal at a time, in OpenAI's words.
    private static Task<ChatCompletionsServer> ReasoningModelAsync(string answer = "ANSWER: 4") =>
        ChatCompletionsServer.StartAsync(call => Refused(call.Body) is { } refusal
            ? new ChatReply("") { Status = 400, Body = refusal }
            : new ChatReply(answer));

    private static string? Refused(JsonObject body)
    {
        if (body.ContainsKey("max_tokens"))
            return Refusals.First(refusal => refusal.Data.Item2 == "max_tokens").Data.Item1;
        if (body.ContainsKey("temperature"))
            return Refusals.First(refusal => refusal.Data.Item2 == "temperature").Data.Item1;
        return new[] { "seed", "stop" }.FirstOrDefault(body.ContainsKey) is { } name
            ? $$$"""{"error":{"message":"Unsupported parameter: '{{{name}}}' is not supported with this model.","param":"{{{name}}}"}}"""
            : null;
    }
}
