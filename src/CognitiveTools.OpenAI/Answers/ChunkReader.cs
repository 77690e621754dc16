using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>
/// Rewrites the chunks of one streamed completion into the form that OpenAI's client reads.
/// Usage is returned once, at the end, because some servers repeat a running sum in every chunk.
/// </summary>
internal sealed class ChunkReader
{
    private readonly StreamedCalls _calls = new();
    private JsonObject? _head;
    private JsonObject? _usage;
    private bool _hasFirst;
    private bool _hasOthers;
    private bool _hasContent;
    private bool _hasEnded;

    /// <summary>Rewrites one chunk.</summary>
    /// <returns>The chunk as JSON; <see langword="null"/> when it has no content for the client.</returns>
    /// <exception cref="EndpointAnswerException">It is an error or cannot be read.</exception>
    public string? Next(string data) => CompletionReader.Read(data, Rewrite);

    /// <summary>The last chunk, with the usage; <see langword="null"/> without usage.</summary>
    public string? UsageChunk()
    {
        if (_usage is null)
            return null;
        var chunk = _head!.DeepClone();
        (chunk["choices"], chunk["usage"]) = (new JsonArray(), _usage.DeepClone());
        return chunk.ToJsonString();
    }

    /// <summary>Checks that a stream without an end marker is complete.</summary>
    /// <exception cref="EndpointAnswerException">The stream has no first choice.</exception>
    /// <exception cref="IOException">The answer is incomplete.</exception>
    public void RefuseCut()
    {
        RefuseNoAnswer();
        if (!_hasEnded)
            throw new IOException("the stream ended without finish_reason and without [DONE]");
    }

    /// <summary>Checks that the stream had the first choice; others are ignored.</summary>
    /// <exception cref="EndpointAnswerException">The first choice is missing.</exception>
    public void RefuseNoAnswer()
    {
        if (!_hasFirst)
            throw new EndpointAnswerException(
                _hasOthers ? "the stream had choices and none with the index 0" : "no choices in the stream", isError: false);
    }

    private string? Rewrite(JsonNode? root)
    {
        CompletionReader.RefuseError(root);
        if (_head?["id"].Text() is not { Length: > 0 }) // a chunk with an id of its own is not another answer
            _head = CompletionReader.Head(root, "chat.completion.chunk");
        _usage = CompletionReader.Usage(CompletionReader.UsageOf(root)) ?? _usage;
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
        // Some servers repeat the whole message at the end, which would duplicate the text.
        var delta = choice.Member("delta") ?? (_hasContent ? null : choice.Member("message") ?? TextOf(choice));
        var written = CompletionReader.Message(delta, (call, _) => _calls.IndexOf(call));
        var finish = CompletionReader.Finish(choice);
        _hasContent |= written["content"].Text() is { Length: > 0 } || written.ContainsKey("tool_calls")
            || written.ContainsKey("reasoning_content");
        _hasEnded |= finish is not null;
        if (finish is not null)
            AddEmptyArguments(written);
        return new JsonObject { ["index"] = 0, ["delta"] = written, ["finish_reason"] = finish };
    }

    // A call that ends without text of arguments has no arguments.
    private void AddEmptyArguments(JsonObject written)
    {
        if (_calls.TakeEmpty() is not { Count: > 0 } empty)
            return;
        var calls = written["tool_calls"] as JsonArray ?? [];
        foreach (var index in empty)
        {
            var none = new JsonObject { ["arguments"] = CompletionReader.NoArguments };
            calls.Add((JsonNode)new JsonObject { ["index"] = index, ["function"] = none });
        }

        written["tool_calls"] = calls;
    }

    private static JsonObject? TextOf(JsonNode? choice) =>
        choice.Member("text").Text() is { } text ? new JsonObject { ["content"] = text } : null;
}
