using System.Net;
using CognitiveTools.Chat;
using CognitiveTools.Server.Faults;
using CognitiveTools.Server.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.Server.Hosting;

/// <summary>
/// The first middleware: checks the key, refuses web pages that would use the server through a visitor's browser, selects the
/// caller's partition of the prefix cache, writes error responses and logs one line per request.
/// </summary>
internal sealed partial class RequestGuard(CompletionsServerOptions options, IPAddress address, TimeProvider time, ILogger logger)
{
    private readonly CallerKeys _callers = new(options.ApiKeys);
    private readonly HostNames _names = new(address, options.AllowedHosts);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var start = time.GetTimestamp();
        context.Response.Headers["x-request-id"] = context.TraceIdentifier;
        var caller = 0;
        try
        {
            caller = Admit(context.Request);
            using (CachePartition.Use(_callers.PartitionOf(caller)))
                await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
                await WriteAsync(context, context.Response.StatusCode, ErrorResponse.Of(context.Response.StatusCode, context.Request));
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            LogLeft(e.GetType().Name, context.TraceIdentifier); // no client is left for a response
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var (status, error) = ErrorResponse.Of(e);
            if (status >= 500 || e is HttpRequestException)
                LogFailed(e, context.TraceIdentifier);
            if (ErrorResponse.RetryAfterOf(e) is { } seconds)
                context.Response.Headers.RetryAfter = seconds;
            await WriteAsync(context, status, error);
        }
        finally
        {
            // The path as it was sent, in which control characters are escaped.
            LogServed(context.Request.Method, context.Request.Path.ToUriComponent(), context.Response.StatusCode,
                time.GetElapsedTime(start).TotalMilliseconds, caller, context.TraceIdentifier);
        }
    }

    private static Task WriteAsync(HttpContext context, int status, ErrorDetail error)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.Response.WriteAsJsonAsync(new ErrorBody(error with { RequestId = context.TraceIdentifier }),
            WireWriter.Json.ErrorBody, cancellationToken: context.RequestAborted);
    }

    private int Admit(HttpRequest request)
    {
        if (!_names.Include(request.Host.Host))
            throw new RequestRefusedException(403, "host_not_allowed",
                $"The server does not answer as '{request.Host.Host}'. "
                + "Use its address or localhost, or start it with that name among the allowed hosts (--allow-host).");
        if (request.Path.Equals("/health", StringComparison.OrdinalIgnoreCase))
            return 0;
        RefuseOtherOrigins(request);
        if (!_callers.NeedKey)
            return 0;
        return _callers.Find(request.Headers.Authorization.ToString()) is > 0 and var caller
            ? caller
            : throw new RequestRefusedException(401, "invalid_api_key",
                "The key is missing or wrong. Send the header 'Authorization: Bearer KEY'.");
    }

    // Browsers send both headers, and pages cannot change them; other clients send neither.
    private void RefuseOtherOrigins(HttpRequest request)
    {
        foreach (var origin in request.Headers.Origin)
        {
            if (!_names.IncludeOrigin(origin ?? "", request.Host))
                throw new RequestRefusedException(403, "origin_not_allowed",
                    $"The server does not answer pages of the origin '{origin}'. "
                    + "Ask from a program, or start the server with the page's host among the allowed hosts (--allow-host).");
        }

        foreach (var site in request.Headers["Sec-Fetch-Site"])
        {
            if (site is not ("same-origin" or "none"))
                throw new RequestRefusedException(403, "origin_not_allowed",
                    $"The server does not answer pages of other sites (Sec-Fetch-Site: {site}). Ask from a program.");
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The client left ({Reason}); request {Request}.")]
    private partial void LogLeft(string reason, string request);

    [LoggerMessage(2, LogLevel.Error, "Request {Request} failed.")]
    private partial void LogFailed(Exception exception, string request);

    [LoggerMessage(3, LogLevel.Information, "{Method} {Path} {Status} {Milliseconds:0} ms, key {Key}, request {Request}")]
    private partial void LogServed(string method, string path, int status, double milliseconds, int key, string request);
}
