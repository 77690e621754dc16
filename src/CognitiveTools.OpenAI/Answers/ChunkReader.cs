using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>
/// Rewrites the chunks of one streamed completion into the form that OpenAI's client reads. Usage is given once, at the end: some
/// servers repeat it in every chunk, as a sum so far.
/// </summary>
internal sealed class ChunkReader
{
    private readonly Dictionary<string, int> _callIds = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _empty = [];
    private JsonNode? _last;
    private JsonNode? _usage;
    private bool _hasContent;
    private bool _hasEnded;
    private int _call = -1;

    /// <summary>Rewrites one chunk.</summary>
    /// <returns>The chunk as JSON; <see langword="null"/> when nothing of it is for the client.</returns>
    /// <exception cref="EndpointAnswerException">It is an error or no JSON.</exception>
    public string? Next(string data)
    {
        var root = CompletionReader.Parse(data);
        CompletionReader.RefuseError(root);
        _last = root;
        _usage = root.Member("usage") ?? root.Member("x_groq").Member("usage") ?? _usage;
        if (root.Member("choices") is not JsonArray { Count: > 0 } choices)
            return null;
        var chunk = CompletionReader.Head(root, "chat.completion.chunk");
        chunk["choices"] = new JsonArray([.. choices.Select(Choice)]);
        return chunk.ToJsonString();
    }

    /// <summary>The chunk with the usage, which ends the stream; <see langword="null"/> when none was given.</summary>
    public string? UsageChunk()
    {
        if (CompletionReader.Usage(_usage) is not { } usage)
            return null;
        var chunk = CompletionReader.Head(_last, "chat.completion.chunk");
        (chunk["choices"], chunk["usage"]) = (new JsonArray(), usage);
        return chunk.ToJsonString();
    }

    /// <summary>Checks that the stream, which ended without saying so, ended behind its answer.</summary>
    /// <exception cref="EndpointAnswerException">It ended within it.</exception>
    public void RefuseCut()
    {
        if (!_hasEnded)
            throw new EndpointAnswerException("the stream ended before the answer was complete", isError: false);
    }

    private JsonNode Choice(JsonNode? choice, int position)
    {
        // A server that sends the whole message once more at the end would say everything twice.
        var delta = choice.Member("delta") ?? (_hasContent ? null : choice.Member("message") ?? TextOf(choice));
        var written = CompletionReader.Message(delta, IndexOf);
        var finish = CompletionReader.Finish(choice);
        _hasContent |= written["content"] is not null || written.ContainsKey("tool_calls") || written.ContainsKey("reasoning_content");
        _hasEnded |= finish is not null;
        NoteArguments(written, isLast: finish is not null);
        return new JsonObject { ["index"] = choice.Member("index").Count() ?? position, ["delta"] = written, ["finish_reason"] = finish };
    }

    // A call that ends without any text of arguments has none.
    private void NoteArguments(JsonObject written, bool isLast)
    {
        foreach (var call in written["tool_calls"] as JsonArray ?? [])
        {
            if (call.Member("function").Member("arguments").Text() is { Length: > 0 })
                _empty.Remove(call.Member("index").Count()!.Value);
            else if (call.Member("function").Member("name") is not null)
                _empty.Add(call.Member("index").Count()!.Value);
        }

        if (!isLast || _empty.Count == 0)
            return;
        var calls = written["tool_calls"] as JsonArray ?? [];
        foreach (var index in _empty)
            calls.Add((JsonNode)new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = CompletionReader.NoArguments } });
        written["tool_calls"] = calls;
        _empty.Clear();
    }

    private static JsonObject? TextOf(JsonNode? choice) =>
        choice.Member("text").Text() is { } text ? new JsonObject { ["content"] = text } : null;

    // Pieces of a call belong together by their index, else by the id that only the first piece has to have.
    private int IndexOf(JsonNode? call, int position)
    {
        if (call.Member("index").Count() is { } index)
            return _call = index;
        if (call.Member("id").Text() is { Length: > 0 } id)
            return _call = _callIds.TryGetValue(id, out var known) ? known : _callIds[id] = _callIds.Count;
        return _call < 0 || call.Member("function").Member("name") is not null ? ++_call : _call;
    }
}
