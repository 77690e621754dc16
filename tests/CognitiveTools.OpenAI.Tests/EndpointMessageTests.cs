using CognitiveTools.Calls;
using CognitiveTools.Reasoners;
using CognitiveTools.TestServers;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>What a user reads of a failure of an endpoint: what happened, in plain words, and what helps.</summary>
public sealed class EndpointMessageTests
{
    private const string Cut = """
        data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"The sum"}}]}


        """;

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task A_connection_that_breaks_before_the_answer_is_said_and_its_cost_is_unknown(string retries)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply("") { IsSilent = true });
        using var host = new EndpointHost(server.Endpoint, ("OpenAI:Retries", retries));

        var reasoning = await host.SolveAsync("cot");

        Assert.Equal((StopReason.Failed, true), (reasoning.Stop, reasoning.Usage.Incomplete));
        Assert.Contains(ModelTurn.UnknownCost, reasoning.Notes);
        Assert.Contains("broke off the connection before it answered", reasoning.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("(ResponseEnded)", reasoning.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_nobody_runs_costs_nothing()
    {
        var server = await ChatCompletionsServer.StartAsync("x");
        var gone = server.Endpoint;
        await server.DisposeAsync();
        using var host = new EndpointHost(gone);

        var reasoning = await host.SolveAsync("cot");

        Assert.Equal((StopReason.Failed, false), (reasoning.Stop, reasoning.Usage.Incomplete));
        Assert.Contains($"Nothing answers at {gone}", reasoning.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_ends_without_its_end_is_said_to_be_cut()
    {
        await using var server = await ChatCompletionsServer.StartAsync(
            _ => new ChatReply("") { Body = Cut, BodyType = "text/event-stream" });
        using var host = new EndpointHost(server.Endpoint);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => host.AskAsync(streams: true));

        Assert.Contains("broke off its answer (the stream ended without finish_reason", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the address of an API", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><title>Welcome</title></html>", "no JSON: (a page) Welcome")]
    [InlineData("{\n \"choices\": oops}", "no readable JSON (line 2, column 13: ")]
    public async Task An_answer_that_is_no_JSON_is_described_in_plain_words(string body, string expected)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply("") { Body = body });
        using var host = new EndpointHost(server.Endpoint);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => host.AskAsync());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BytePosition", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "bad", "answered 400. bad")]
    [InlineData(429, "slow down", "answered 429. It takes no more requests for now and says to wait 3600 seconds. slow down")]
    [InlineData(302, "", "It sends the request on to http://other.example/v1/chat/completions. If that is the API, set OpenAI:Endpoint")]
    public async Task A_status_is_said_without_the_name_that_NET_has_for_it(int status, string words, string expected)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply(words)
        {
            Status = status,
            RetryAfter = status == 429 ? "3600" : null,
            Location = status == 302 ? "http://other.example/v1/chat/completions" : null,
        });
        using var host = new EndpointHost(server.Endpoint);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => host.AskAsync());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "tools are not supported by this model")]
    [InlineData(501, "This server has no tools.")]
    public async Task A_server_without_tools_is_an_error_that_names_the_setting(int status, string words)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply(words) { Status = status });
        using var host = new EndpointHost(server.Endpoint);

        var error = await Assert.ThrowsAsync<HttpRequestException>(
            () => host.AskAsync(new ChatOptions { Tools = [AIFunctionFactory.Create(static () => 1, "one")] }));

        Assert.Contains("OpenAI:FunctionCalls to false", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "streaming is not supported")]
    [InlineData(501, "This server does not support streaming.")]
    public async Task A_server_that_cannot_stream_is_asked_for_a_whole_answer(int status, string words)
    {
        await using var server = await ChatCompletionsServer.StartAsync(call => (bool?)call.Body["stream"] is true
            ? new ChatReply(words) { Status = status } : new ChatReply("4"));
        using var host = new EndpointHost(server.Endpoint);

        Assert.Equal("4", (await host.AskAsync(streams: true)).Text);
    }

    [Fact]
    public async Task The_client_says_that_its_model_is_behind_an_address()
    {
        await using var server = await ChatCompletionsServer.StartAsync("x");
        using var host = new EndpointHost(server.Endpoint);

        Assert.Equal(server.Endpoint, host.Client.GetService<ChatClientMetadata>()?.ProviderUri?.ToString());
    }
}
