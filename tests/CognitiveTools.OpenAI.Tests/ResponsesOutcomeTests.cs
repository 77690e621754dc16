using CognitiveTools.Calls;
using CognitiveTools.Reasoners;
using CognitiveTools.TestServers;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>Ends of answers of the Responses API: a limit, a filter, a refusal, a failure.</summary>
public sealed class ResponsesOutcomeTests
{
    private const string Text = """{"type":"message","id":"msg_1","status":"STATUS","role":"assistant","content":[{"""
        + """ "type":"output_text","text":"ANSWER: 4","annotations":[]}]}""";
    private const string Refusal = """{"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"""
        + """ "type":"refusal","refusal":"I cannot help with that."}]}""";

    private static ChatReply Whole(string members) => new("") { Body = Response(members) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_limit_of_tokens_is_a_cut(bool streams)
    {
        var reasoning = await SolveAsync(streams, "incomplete", Text, """ "incomplete_details":{"reason":"max_output_tokens"}""");
        Assert.Equal((StopReason.TokenLimit, "ANSWER: 4"), (reasoning.Stop, reasoning.Answer));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_content_filter_is_noted(bool streams)
    {
        var reasoning = await SolveAsync(streams, "incomplete", Text, """ "incomplete_details":{"reason":"content_filter"}""");
        Assert.Equal((StopReason.Completed, "ANSWER: 4"), (reasoning.Stop, reasoning.Answer));
        Assert.Contains(ModelTurn.Filtered, reasoning.Notes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refusal_is_the_answer_with_a_note(bool streams)
    {
        var reasoning = await SolveAsync(streams, "completed", Refusal, "\"error\":null");
        Assert.Equal((StopReason.Completed, "I cannot help with that."), (reasoning.Stop, reasoning.Answer));
        Assert.Contains(ModelTurn.Refused, reasoning.Notes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failure_is_an_error_with_the_servers_words(bool streams)
    {
        var reasoning = await SolveAsync(
            streams, "failed", item: null, """ "error":{"code":"server_error","message":"The model broke down."}""");
        Assert.Equal(StopReason.Failed, reasoning.Stop);
        Assert.Contains("The model broke down.", reasoning.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_the_middle_of_a_stream_is_an_error_and_its_text_is_kept()
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => Events(
            Added, Delta, """{"type":"error","sequence_number":2,"code":"server_error","message":"The model broke down.","param":null}"""));
        using var host = new EndpointHost(server.Endpoint, ("OpenAI:Api", "responses"));
        var reasoning = await host.SolveAsync("cot");
        Assert.Equal((StopReason.Failed, "ANSWER: 4"), (reasoning.Stop, reasoning.Answer));
        Assert.Contains("The model broke down.", reasoning.Error, StringComparison.Ordinal);
    }

    private static string Added => """{"type":"response.output_item.added","sequence_number":0,"output_index":0,"item":{"type":"message","""
        + """ "id":"msg_1","status":"in_progress","role":"assistant","content":[]}}""";

    private static string Delta => """{"type":"response.output_text.delta","sequence_number":1,"item_id":"msg_1","output_index":0,"""
        + """ "content_index":0,"delta":"ANSWER: 4"}""";

    private static string Refused => """{"type":"response.refusal.done","sequence_number":1,"item_id":"msg_1","output_index":0,"""
        + """ "content_index":0,"refusal":"I cannot help with that."}""";

    private static string Response(string members) =>
        """{"id":"resp_1","object":"response","created_at":1,"model":"scripted-1","usage":{"input_tokens":7,"input_tokens_details":{"""
            + """ "cached_tokens":0},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":12},"""
            + $"\"parallel_tool_calls\":true,\"tools\":[],{members}}}";

    private static ChatReply Events(params string[] events) => new("")
    {
        Body = string.Concat(events.Select(static data => $"data: {data}\n\n")),
        BodyType = "text/event-stream",
    };

    private static async Task<Reasoning> SolveAsync(bool streams, string status, string? item, string members)
    {
        var said = item?.Replace("STATUS", status, StringComparison.Ordinal);
        var all = $"\"status\":\"{status}\",\"output\":[{said}],{members}";
        await using var server = await ChatCompletionsServer.StartAsync(_ => streams
            ? Events([.. said is null ? [] : new[] { Added, item == Refusal ? Refused : Delta },
                $$"""{"type":"response.{{status}}","sequence_number":2,"response":{{Response(all)}}}"""])
            : Whole(all));
        using var host = new EndpointHost(
            server.Endpoint, ("OpenAI:Api", "responses"), ("OpenAI:Stream", streams ? "true" : "false"));
        return await host.SolveAsync("cot");
    }
}
