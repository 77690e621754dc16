using System.Buffers;
using System.Text.Json;
using CognitiveTools.Server.Answers;
using CognitiveTools.Server.Faults;
using CognitiveTools.Server.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.Server.Hosting;

/// <summary>
/// Writes an answer as server-sent events while it is generated. A failure before the first piece is an ordinary error response; a
/// later one is an event with the error, after which the stream ends without <c>[DONE]</c>.
/// </summary>
internal sealed partial class CompletionStream(HttpResponse response, Completion head, bool includeUsage, ILogger logger)
{
    public async Task WriteAsync(IAsyncEnumerable<AnswerPart> parts, CancellationToken cancellationToken)
    {
        await using var pieces = parts.GetAsyncEnumerator(cancellationToken);
        var any = await pieces.MoveNextAsync();
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        await SendAsync(Piece(new() { Role = "assistant", Content = "" }), cancellationToken);
        try
        {
            AnswerEnd? end = null;
            var calls = 0;
            for (; any; any = await pieces.MoveNextAsync())
            {
                var part = pieces.Current;
                end = part.End ?? end;
                if (part.Text is not null || part.Thinking is not null || part.Refusal is not null)
                    await SendAsync(Piece(
                        new() { Content = part.Text, ReasoningContent = part.Thinking, Refusal = part.Refusal }), cancellationToken);
                if (part.Call is { } call)
                    await SendAsync(Piece(new() { ToolCalls = [WireCall.Of(call, calls++)] }), cancellationToken);
            }

            var finish = Piece(new(), end?.Finish);
            var usage = includeUsage && end?.Usage is { } used ? head with { Usage = used } : null;
            if (usage is not null)
                await SendAsync(finish, cancellationToken);
            await SendAsync((usage ?? finish) with { CognitiveTools = CompletionRemarks.Of(end?.Notes) }, cancellationToken);
            await SendAsync("[DONE]"u8.ToArray(), cancellationToken);
        }
        catch (Exception e) when (!response.HttpContext.RequestAborted.IsCancellationRequested)
        {
            LogFailed(e, response.HttpContext.TraceIdentifier);
            var body = new ErrorBody(ErrorResponse.Of(e).Error with { RequestId = response.HttpContext.TraceIdentifier });
            await SendAsync(JsonSerializer.SerializeToUtf8Bytes(body, WireWriter.Json.ErrorBody), CancellationToken.None);
        }
    }

    private Completion Piece(CompletionText delta, string? finish = null) =>
        head with { Choices = [new CompletionChoice { Delta = delta, FinishReason = finish }] };

    private Task SendAsync(Completion piece, CancellationToken cancellationToken) =>
        SendAsync(JsonSerializer.SerializeToUtf8Bytes(piece, WireWriter.Json.Completion), cancellationToken);

    private async Task SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var writer = response.BodyWriter;
        writer.Write("data: "u8);
        writer.Write(data.Span);
        writer.Write("\n\n"u8);
        await writer.FlushAsync(cancellationToken);
    }

    [LoggerMessage(10, LogLevel.Error, "Request {Request} failed in the middle of its answer.")]
    private partial void LogFailed(Exception exception, string request);
}
