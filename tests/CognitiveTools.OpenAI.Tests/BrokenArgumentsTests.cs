using System.Text.Json.Nodes;
using CognitiveTools.Chat;
using CognitiveTools.TestServers;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>Arguments of a call that are no JSON object, on their way back to the server that wrote them.</summary>
public sealed class BrokenArgumentsTests
{
    private const string Cut = "{\"current_proposed_answer\": \"1";

    [Theory]
    [InlineData("true", Cut)]
    [InlineData("false", Cut)]
    [InlineData("true", "[1, 2]")]
    public async Task The_text_of_the_server_goes_back_and_the_result_says_what_is_wrong(string streams, string arguments)
    {
        await using var server = await ChatCompletionsServer.StartAsync(call => call.Index == 0
            ? new ChatReply("") { Calls = [("examine_answer", arguments)] }
            : new ChatReply("ANSWER: 4"));
        using var host = new EndpointHost(server.Endpoint, ("OpenAI:Stream", streams));

        var reasoning = await host.SolveAsync("tools");

        Assert.Equal("ANSWER: 4", reasoning.Answer);
        Assert.Equal([arguments], ArgumentsIn(server.Calls[1].Body));
        Assert.Contains("cannot be read", server.Calls[1].Messages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_calls_each_keeps_its_own_arguments()
    {
        foreach (var streams in new[] { "true", "false" })
        {
            await using var own = await ChatCompletionsServer.StartAsync(call => call.Index == 0
                ? new ChatReply("") { Calls = [("f", "{\"a\": 1}"), ("f", Cut), ("f", "no JSON")] }
                : new ChatReply("done"));
            using var host = new EndpointHost(own.Endpoint, ("OpenAI:Stream", streams));
            await GoRoundAsync(host);
            var sent = ArgumentsIn(own.Calls[1].Body);
            Assert.Equal([Cut, "no JSON"], sent.Skip(1));
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse("{\"a\": 1}"), JsonNode.Parse(sent[0])));
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    public async Task A_server_that_refuses_them_gets_an_object_and_the_answer_a_note(int status)
    {
        await using var server = await ChatCompletionsServer.StartAsync(call =>
            call.Index == 0 ? new ChatReply("") { Calls = [("f", Cut)] }
            : ArgumentsIn(call.Body).Contains(Cut) ? new ChatReply("Unterminated string starting at column 29") { Status = status }
            : new ChatReply("done"));
        using var host = new EndpointHost(server.Endpoint);

        var response = await GoRoundAsync(host);

        Assert.Equal("done", response.Text);
        Assert.Equal(["{}"], ArgumentsIn(server.Calls[^1].Body));
        Assert.Contains("{} was sent in their place", ChatNotes.In(response.AdditionalProperties).Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task The_Responses_API_gets_them_back_too(string streams)
    {
        const string item = """{"type":"function_call","id":"fc_1","call_id":"c1","name":"f","status":"completed","""
            + """ "arguments":"{\"a\": 1"}""";
        static string Response(string output) => """{"id":"resp_1","object":"response","created_at":1,"model":"scripted-1","""
            + $"\"status\":\"completed\",\"error\":null,\"parallel_tool_calls\":true,\"tools\":[],\"output\":[{output}]}}";
        await using var server = await ChatCompletionsServer.StartAsync(call =>
        {
            var (head, whole) = ("data: {\"sequence_number\":", Response(call.Index == 0 ? item : ""));
            var added = call.Index > 0 ? "" : $"{head}1,\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{item}}}\n\n";
            return streams == "false" ? new ChatReply("") { Body = whole } : new ChatReply("")
            {
                Body = $"{added}{head}2,\"type\":\"response.completed\",\"response\":{whole}}}\n\n",
                BodyType = "text/event-stream",
            };
        });
        using var host = new EndpointHost(server.Endpoint, ("OpenAI:Api", "responses"), ("OpenAI:Stream", streams));

        await GoRoundAsync(host);

        var call = server.Calls[1].Body["input"]!.AsArray().Single(static part => (string?)part!["type"] == "function_call");
        Assert.Equal("{\"a\": 1", (string?)call!["arguments"]);
    }

    private static async Task<ChatResponse> GoRoundAsync(EndpointHost host)
    {
        var token = TestContext.Current.CancellationToken;
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(static (int a) => a, "f")] };
        List<ChatMessage> messages = [new(ChatRole.User, "x")];
        var called = await host.Client.GetStreamingResponseAsync(messages, options, token).ToChatResponseAsync(token);
        messages.AddRange(called.Messages);
        messages.AddRange(called.Messages.SelectMany(static m => m.Contents).OfType<FunctionCallContent>()
            .Select(static call => new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "it cannot be read")])));
        return await host.Client.GetStreamingResponseAsync(messages, options, token).ToChatResponseAsync(token);
    }

    private static List<string> ArgumentsIn(JsonObject body) =>
        [.. body["messages"]!.AsArray().SelectMany(static m => m!["tool_calls"]?.AsArray() ?? [])
            .Select(static call => (string)call!["function"]!["arguments"]!)];
}
