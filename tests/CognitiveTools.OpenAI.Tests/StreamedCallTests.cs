using CognitiveTools.TestServers;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>Calls that a server streams in pieces, with and without what tells them apart.</summary>
public sealed class StreamedCallTests
{
    /// <summary>Pieces of calls, each in a chunk of its own, and the calls that they are.</summary>
    public static TheoryData<string[], string> Pieces => new()
    {
        // One call: what names it is in the first piece only, empty, or in every piece.
        { [Piece("f", ""), Piece(null, "{\"a\""), Piece(null, ":\"b\"}")], "f a=b" },
        { [Piece("f", ""), Piece("", "{\"a\""), Piece("", ":\"b\"}")], "f a=b" },
        { [Piece("f", ""), Piece("f", "{\"a\""), Piece("f", ":\"b\"}")], "f a=b" },
        { [Piece("f", "{\"a\"", id: "1"), Piece(null, ":\"b\"}", id: "")], "f a=b" },
        { [Piece("f", "{\"a\"", id: "1"), Piece(null, ":\"b\"}", id: "1")], "f a=b" },
        { [Piece("f", "{\"a\"", 0, "1"), Piece("f", ":\"b\"}", 0, "1")], "f a=b" },
        { [Piece("f", "{\"a\"", 0, "1"), Piece(null, ":\"b\"}", 0, "2")], "f a=b" }, // an id of its own for every chunk
        { [Piece("f", "{\"a\":\"b\"}", 0, "1"), Piece("f", "", 0, "1")], "f a=b" }, // the end repeats the name
        { [Piece("f", "{\"a\":\"b\"}", 3, "1")], "f a=b" },
        { [Piece("f", ""), Piece(null, "")], "f" },
        { [Piece("f", "", 0, "1"), Piece("f", "", 0, "1")], "f" },

        // Two calls: one index for all, no index, or ids in turn.
        { [Piece("f", "{\"a\":\"b\"}", 0, ""), Piece("g", "{\"c\":\"d\"}", 0, "")], "f a=b, g c=d" },
        { [Piece("f", "{\"a\":\"b\"}", 0, ""), Piece("f", "{\"a\":\"c\"}", 0, "")], "f a=b, f a=c" },
        { [Piece("f", "{\"a\":\"b\"}", 0, "1"), Piece("f", "{\"a\":\"b\"}", 0, "2")], "f a=b, f a=b" },
        { [Piece("f", "{\"a\":\"b\"}"), Piece("g", "{\"c\":\"d\"}")], "f a=b, g c=d" },
        { [Piece("f", ""), Piece("g", "")], "f, g" },
        { [Piece("f", "{\"a\"", id: "1"), Piece("g", "{\"c\"", id: "2"), Piece(null, ":\"b\"}", id: "1"), Piece(null, ":\"d\"}", id: "2")],
            "f a=b, g c=d" },
        { [Piece("f", "{\"a\"", 0, "1"), Piece("g", "{\"c\"", 1, "2"), Piece(null, ":\"b\"}", 0), Piece(null, ":\"d\"}", 1)],
            "f a=b, g c=d" },
        { [Piece("f", "", 1, "1"), Piece("g", "", 2, "2"), Piece(null, "{\"c\":\"d\"}", 2)], "f, g c=d" },
    };

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task A_call_is_what_its_pieces_are_together(string[] pieces, string expected)
    {
        foreach (var finishesApart in new[] { true, false })
        {
            var chunks = pieces.Select((piece, i) => Chunk($"{{\"tool_calls\":[{piece}]}}",
                finishesApart || i < pieces.Length - 1 ? "null" : "\"tool_calls\"")).ToList();
            if (finishesApart)
                chunks.Add(Chunk("{}", "\"tool_calls\""));

            var answer = await AskAsync(chunks);
            var calls = answer.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>().ToList();

            Assert.Equal(expected, string.Join(", ", calls.Select(Shown)));
            Assert.All(calls, static call => Assert.Null(call.Exception));
            Assert.Equal(calls.Count, calls.Select(static call => call.CallId).Distinct(StringComparer.Ordinal).Count());
        }
    }

    private static string Shown(FunctionCallContent call) =>
        string.Join(' ', [call.Name, .. (call.Arguments ?? new Dictionary<string, object?>()).Select(static a => $"{a.Key}={a.Value}")]);

    private static string Piece(string? name, string arguments, int? index = null, string? id = null) =>
        "{" + (index is null ? "" : $"\"index\":{index},") + (id is null ? "" : $"\"id\":\"{id}\",")
            + $"\"type\":\"function\",\"function\":{{\"name\":{(name is null ? "null" : $"\"{name}\"")},"
            + $"\"arguments\":{System.Text.Json.JsonSerializer.Serialize(arguments)}}}}}";

    private static string Chunk(string delta, string finish) =>
        $$"""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{{delta}},"finish_reason":"""
            + finish + "}]}";

    private static async Task<ChatResponse> AskAsync(IEnumerable<string> chunks)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply("")
        {
            Body = string.Concat(chunks.Select(static chunk => $"data: {chunk}\n\n")) + "data: [DONE]\n\n",
            BodyType = "text/event-stream",
        });
        using var host = new EndpointHost(server.Endpoint);
        return await host.AskAsync(streams: true);
    }
}
