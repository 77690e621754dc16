using System.Buffers;
using System.IO.Pipelines;
using CognitiveTools.Server.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CognitiveTools.Server.Hosting;

/// <summary>
/// Takes the whole body of a request in before anything else is done for it, so that a client who sends slowly holds a connection and
/// nothing more. Bounded in time, and in the bytes of all requests that are not answered yet. Thread-safe.
/// </summary>
internal sealed class BodyReader(CompletionsServerOptions options, TimeProvider time)
{
    private const int MostBodies = 64; // of the longest kind, held at once
    private const int MostThrownAway = 16; // times the longest body

    private readonly long _mostHeld = options.MaxBodyBytes * MostBodies;
    private long _held;

    /// <summary>Marks an address whose requests have a body to take in.</summary>
    internal sealed class Takes;

    /// <summary>Bytes of bodies that are held now.</summary>
    internal long Held => Interlocked.Read(ref _held);

    /// <exception cref="RequestRefusedException">The body is of another type, comes too slowly, or does not fit into memory with the
    /// others.</exception>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Takes>() is null)
        {
            await next(context);
            return;
        }

        // A web page can send a body of another type without asking; of this type it must ask, and is not allowed.
        if (!context.Request.HasJsonContentType())
            throw new RequestRefusedException(415, "unsupported_media_type", "Send the header 'Content-Type: application/json'.");
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
        // What is too long is still read for a while and thrown away: many clients listen only when they have sent everything.
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
                throw new RequestRefusedException(413, "request_too_large",
                    $"The body has {length} bytes; at most {options.MaxBodyBytes} are read. Send less, or start the server with a larger "
                    + "limit.");
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close"; // the rest is not waited for
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
