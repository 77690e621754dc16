using System.Text;
using CognitiveTools.Server.Answers;
using CognitiveTools.Server.Requests;
using CognitiveTools.Server.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.Server.Hosting;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal sealed class CompletionsEndpoint(
    ServedModels models, int maxMessages, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var body = (MemoryStream)context.Request.Body; // the BodyReader has read it whole
        var request = RequestReader.Read(body.GetBuffer().AsMemory(0, (int)body.Length), maxMessages);
        var parts = models.Of(request.Model).AnswerAsync(request, ended.Token);
        var kind = request.Stream ? "chat.completion.chunk" : "chat.completion";
        var head = new Completion(
            $"chatcmpl-{context.TraceIdentifier}", kind, time.GetUtcNow().ToUnixTimeSeconds(), request.Model, []);
        if (request.Stream)
            await new CompletionStream(context.Response, head, request.IncludeUsage, logger).WriteAsync(parts, ended.Token);
        else
            await context.Response.WriteAsJsonAsync(
                await CollectAsync(parts, head), WireWriter.Json.Completion, cancellationToken: ended.Token);
    }

    private static async Task<Completion> CollectAsync(IAsyncEnumerable<AnswerPart> parts, Completion head)
    {
        var (text, thinking, refusal) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        var calls = new List<WireCall>();
        AnswerEnd? end = null;
        await foreach (var part in parts)
        {
            text.Append(part.Text);
            thinking.Append(part.Thinking);
            refusal.Append(part.Refusal);
            if (part.Call is { } call)
                calls.Add(WireCall.Of(call, index: null));
            end = part.End ?? end;
        }

        var message = new CompletionMessage
        {
            Content = text.Length == 0 && refusal.Length > 0 ? null : text.ToString(),
            Refusal = refusal.Length > 0 ? refusal.ToString() : null,
            ToolCalls = calls.Count > 0 ? calls : null,
            ReasoningContent = thinking.Length > 0 ? thinking.ToString() : null,
        };
        return head with
        {
            Choices = [new CompletionChoice { Message = message, FinishReason = end?.Finish }],
            Usage = end?.Usage,
            CognitiveTools = CompletionRemarks.Of(end?.Notes),
        };
    }
}
