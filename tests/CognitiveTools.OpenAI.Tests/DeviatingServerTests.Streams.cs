using System.Net;
using CognitiveTools.TestServers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CognitiveTools.OpenAI.Tests;

public sealed partial class DeviatingServerTests
{
    [Fact]
    public async Task A_stream_that_ends_before_its_answer_does_is_no_answer_and_its_text_is_kept()
    {
        foreach (var reply in new[]
        {
            Events($"data: {Chunk("\"content\":\"The sum\"", "null")}\n\n"),
            Events($"data: {Chunk("\"content\":\"The sum\"", "null")}\n\ndata: {{\"error\":\"gone\"}}\n\n"),
            Events($"data: {Chunk("\"content\":\"The sum\"", "null")}\n\ndata: {{\"cho\n\n"),
        })
        {
            await using var server = await ChatCompletionsServer.StartAsync(_ => reply);
            using var host = Host(server.Endpoint);
            var pieces = new List<string>();
            var error = await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await foreach (
                    var update in Client(host).GetStreamingResponseAsync("x", cancellationToken: TestContext.Current.CancellationToken))
                    pieces.Add(update.Text);
            });
            Assert.Equal("The sum", string.Concat(pieces));
            Assert.True(error is HttpRequestException or InvalidDataException, error.ToString());
            Assert.Contains(server.Endpoint, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_is_an_error_with_the_address()
    {
        foreach (var way in new[] { Way.Whole, Way.Stream })
        {
            var reply = Events($"data: {Chunk("\"content\":\"The sum\"", "null")}\n\n") with { Breaks = true };
            Assert.Contains("http://127.0.0.1:", (await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(way, reply))).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Usage_that_a_server_sums_up_in_every_chunk_counts_once()
    {
        var reply = Events(string.Concat(Enumerable.Range(1, 3).Select(i =>
            $"data: {Chunk("\"content\":\"x\"", i == 3 ? "\"stop\"" : "\"\"", UsageSoFar(i))}\n\n")) + "data: [DONE]\n\n");
        static string UsageSoFar(int i) => $$"""{"prompt_tokens":5,"completion_tokens":{{i}},"total_tokens":{{5 + i}}}""";
        var response = await AskAsync(Way.Stream, reply);
        Assert.Equal(("xxx", 5, 3), (response.Text, response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
    }

    [Fact]
    public async Task Streamed_calls_without_index_stay_apart()
    {
        var reply = Events(
            $"data: {Chunk(""" "tool_calls":[{"id":"a","function":{"name":"f","arguments":{"x":1}}}]""", "null")}\n\n" +
            $"data: {Chunk(""" "tool_calls":[{"id":"b","function":{"name":"g","arguments":"{\"y\":"}}]""", "null")}\n\n" +
            $"data: {Chunk(""" "tool_calls":[{"function":{"arguments":"2}"}}]""", "\"tool_calls\"")}\n\n");
        var calls = (await AskAsync(Way.Stream, reply)).Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal(["f x=1", "g y=2"], calls.Select(c => $"{c.Name} {string.Join(',', c.Arguments!.Select(a => $"{a.Key}={a.Value}"))}"));
    }

    [Fact]
    public async Task Comments_and_lone_line_breaks_in_a_stream_are_passed_over()
    {
        var reply = Events($": PROCESSING\n\n\r\n: still\n\ndata: {Chunk($"\"content\":{Quoted(Text)}", "\"stop\"")}\n\n");
        Assert.Equal(Text, (await AskAsync(Way.Stream, reply)).Text);
    }
}
