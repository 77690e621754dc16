using System.Buffers;
using System.IO.Pipelines;
using CognitiveTools.Server.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CognitiveTools.Server.Hosting;

/// <summary>
/// Reads the whole body of a request before any other work, so that a slow client occupies only
/// a connection. Bounded in time, and in the bytes of all unanswered requests. Thread-safe.
/// </summary>
internal sealed class BodyReader(CompletionsServerOptions options, TimeProvider time)
{
    private const int MostBodies = 64; // bodies of maximum length in memory at once
    private const int MostThrownAway = 16; // in bodies of maximum length

    private readonly long _mostHeld = options.MaxBodyBytes * MostBodies;
    private long _held;

    /// <summary>Marks an endpoint whose requests have a body.</summary>
    internal sealed class HasBody;

    /// <summary>Bytes of bodies in memory now.</summary>
    internal long Held => Interlocked.Read(ref _held);

    /// <exception cref="RequestRefusedException">
    /// The body has another type or charset, arrives too slowly, or exceeds the memory for bodies.
    /// </exception>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<HasBody>() is null)
        {
            await next(context);
            return;
        }

        // Web pages can send other types without a preflight request; this type needs one, which is refused.
        if (!context.Request.HasJsonContentType())
            throw new RequestRefusedException(415, "unsupported_media_type", "Send the header 'Content-Type: application/json'.");
        if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && HeaderUtilities.RemoveQuotes(type.Charset)
            is { Length: > 0 } charset && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw new RequestRefusedException(415, "unsupported_media_type",
                $"A body in the charset '{charset}' is not read. Send it in UTF-8: 'Content-Type: application/json'.");
        using var body = new MemoryStream();
        try
        {
            await ReadAsync(context, body);
            body.Position = 0;
            context.Request.Body = body;
            await next(context);
        }
        finally
        {
            Interlocked.Add(ref _held, -body.Length);
        }
    }

    private async Task ReadAsync(HttpContext context, MemoryStream body)
    {
        // A body that is too long is read and discarded up to a limit, because
        // many clients read the response only after sending everything.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.MaxBodyBytes * MostThrownAway;
        using var clock = new CancellationTokenSource(options.BodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, context.RequestAborted);
        try
        {
            var length = 0L;
            ReadResult read;
            do
            {
                read = await context.Request.BodyReader.ReadAsync(either.Token);
                length += read.Buffer.Length;
                if (length <= options.MaxBodyBytes)
                    Take(read.Buffer, body);
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);
            if (length > options.MaxBodyBytes)
            {
                throw new RequestRefusedException(
                    413,
                    "request_too_large",
                    $"The body has {length} bytes; at most {options.MaxBodyBytes} are read. "
                    + "Send less, or start the server with a larger limit.");
            }
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close"; // do not wait for the rest
            throw new RequestRefusedException(408, "request_timeout",
                $"The body was not there within {options.BodyTimeout.TotalSeconds:0} s. Send it faster, or less.");
        }
    }

    private void Take(ReadOnlySequence<byte> bytes, MemoryStream body)
    {
        if (Interlocked.Add(ref _held, bytes.Length) > _mostHeld)
        {
            Interlocked.Add(ref _held, -bytes.Length);
            throw new RequestRefusedException(429, "rate_limit_exceeded", "Too many long requests are waiting. Try again later.");
        }

        foreach (var part in bytes)
            body.Write(part.Span);
    }
}
