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
    private JsonObject? _head;
    private JsonObject? _usage;
    private bool _hasFirst;
    private bool _hasOthers;
    private bool _hasContent;
    private bool _hasEnded;
    private int _call = -1;

    /// <summary>Rewrites one chunk.</summary>
    /// <returns>The chunk as JSON; <see langword="null"/> when nothing of it is for the client.</returns>
    /// <exception cref="EndpointAnswerException">It is an error or cannot be read.</exception>
    public string? Next(string data) => CompletionReader.Read(data, Rewrite);

    /// <summary>The chunk with the usage, which ends the stream; <see langword="null"/> when none was given.</summary>
    public string? UsageChunk()
    {
        if (_usage is null)
            return null;
        var chunk = _head!.DeepClone();
        (chunk["choices"], chunk["usage"]) = (new JsonArray(), _usage.DeepClone());
        return chunk.ToJsonString();
    }

    /// <summary>Checks that the stream, which ended without saying so, ended behind its answer.</summary>
    /// <exception cref="EndpointAnswerException">It ended within it, or had no first answer.</exception>
    public void RefuseCut()
    {
        RefuseNoAnswer();
        if (!_hasEnded)
            throw new EndpointAnswerException("the stream ended before the answer was complete", isError: false);
    }

    /// <summary>Checks that the stream had the first answer; others are left out.</summary>
    /// <exception cref="EndpointAnswerException">It had not.</exception>
    public void RefuseNoAnswer()
    {
        if (!_hasFirst)
            throw new EndpointAnswerException(_hasOthers ? "the stream had choices and none with the index 0"
                : "no choices in the stream", isError: false);
    }

    private string? Rewrite(JsonNode? root)
    {
        CompletionReader.RefuseError(root);
        _head = CompletionReader.Head(root, "chat.completion.chunk");
        _usage = CompletionReader.Usage(root.Member("usage") ?? root.Member("x_groq").Member("usage")) ?? _usage;
        if (root.Member("choices") is not JsonArray { Count: > 0 } choices)
            return null;
        var first = choices.Where(choice => CompletionReader.IndexOf(choice) is null or 0).Take(1).ToList();
        _hasFirst |= first.Count > 0;
        _hasOthers |= first.Count == 0;
        if (first is not [var choice])
            return null;
        var chunk = _head.DeepClone();
        chunk["choices"] = new JsonArray(Choice(choice));
        return chunk.ToJsonString();
    }

    private JsonObject Choice(JsonNode? choice)
    {
        // A server that sends the whole message once more at the end would say everything twice.
        var delta = choice.Member("delta") ?? (_hasContent ? null : choice.Member("message") ?? TextOf(choice));
        var written = CompletionReader.Message(delta, IndexOf);
        var finish = CompletionReader.Finish(choice);
        _hasContent |= written["content"] is not null || written.ContainsKey("tool_calls") || written.ContainsKey("reasoning_content");
        _hasEnded |= finish is not null;
        NoteArguments(written, isLast: finish is not null);
        return new JsonObject { ["index"] = 0, ["delta"] = written, ["finish_reason"] = finish };
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
            calls.Add(
                (JsonNode)new JsonObject
                {
                    ["index"] = index,
                    ["function"] = new JsonObject { ["arguments"] = CompletionReader.NoArguments }
                });
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
