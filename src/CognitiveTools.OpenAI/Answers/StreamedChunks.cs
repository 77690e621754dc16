using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>Reads the answer to a request for a stream, and returns chunks for OpenAI's client.</summary>
internal static class StreamedChunks
{
    private const string End = "[DONE]";

    public static async IAsyncEnumerable<string> ReadAsync(AnswerBody body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new ChunkReader();
        // JSON and pages begin with a bracket; lines of an event stream do not.
        if (await body.PeekAsync(cancellationToken).ConfigureAwait(false) is (byte)'{' or (byte)'[' or (byte)'<' or 0)
        {
            var sent = await body.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            yield return reader.Next(CompletionReader.Read(sent, root => CompletionReader.Whole(root).ToJsonString()))!;
        }
        else
        {
            await using var events = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                var (chunk, isLast, failure) = await NextAsync(events, reader).ConfigureAwait(false);
                if (chunk is not null)
                    yield return chunk;
                if (isLast)
                    break;
                if (failure is null)
                    continue;
                // The usage that the server reported so far is known even after a failure.
                if (reader.UsageChunk() is { } counted)
                    yield return counted;
                failure.Throw();
            }
        }

        if (reader.UsageChunk() is { } usage)
            yield return usage;
        yield return End;
    }

    private static async ValueTask<(string? Chunk, bool IsLast, ExceptionDispatchInfo? Failure)> NextAsync(
        IAsyncEnumerator<SseItem<string>> events, ChunkReader reader)
    {
        try
        {
            if (!await events.MoveNextAsync().ConfigureAwait(false))
            {
                reader.RefuseCut();
                return (null, true, null);
            }

            var data = events.Current.Data;
            if (events.Current.EventType == "error")
                throw CompletionReader.ErrorOf(data);
            if (data.Trim() != End)
                return (string.IsNullOrWhiteSpace(data) ? null : reader.Next(data), false, null);
            reader.RefuseNoAnswer();
            return (null, true, null);
        }
#pragma warning disable CA1031 // it is rethrown after the usage
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return (null, false, ExceptionDispatchInfo.Capture(failure));
        }
    }
}
