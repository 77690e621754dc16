using System.Net;
using System.Security.Cryptography;
using System.Text;
using CognitiveTools.Server.Faults;
using CognitiveTools.Server.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.Server.Hosting;

/// <summary>
/// Stands before everything: asks for the key, turns web pages away that would use a server on this machine through the
/// user's browser, and says every error in the protocol's words.
/// </summary>
internal sealed partial class Gate(CompletionsServerOptions options, IPAddress address, ILogger logger)
{
    private readonly byte[]? _key = options.ApiKey is { } key ? Encoding.UTF8.GetBytes($"Bearer {key}") : null;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            Check(context.Request);
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
                await WriteAsync(context, context.Response.StatusCode, Fault.Of(context.Response.StatusCode, context.Request));
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested)
        {
            LogLeft(e.GetType().Name); // nobody is there to be told
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var (status, error) = Fault.Of(e);
            if (status >= 500)
                LogFailed(e, error.Message);
            await WriteAsync(context, status, error);
        }
    }

    private static Task WriteAsync(HttpContext context, int status, ErrorDetail error)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.Response.WriteAsJsonAsync(new ErrorBody(error), Written.Json.ErrorBody, cancellationToken: context.RequestAborted);
    }

    private void Check(HttpRequest request)
    {
        // Names that resolve to this machine may belong to a web site (DNS rebinding).
        if (IPAddress.IsLoopback(address) && !IsLocal(request.Host.Host))
            throw new RequestRefusedException(403, "host_not_allowed", $"The server listens for this machine only and does not answer as '{request.Host.Host}'. Use {address} or localhost.");
        if (_key is null || request.Path.Equals("/health", StringComparison.OrdinalIgnoreCase))
            return;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), _key))
            throw new RequestRefusedException(401, "invalid_api_key", "The key is missing or wrong. Send the header 'Authorization: Bearer KEY'.");
    }

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));

    [LoggerMessage(1, LogLevel.Debug, "The client left ({Reason}).")]
    private partial void LogLeft(string reason);

    [LoggerMessage(2, LogLevel.Error, "A request failed: {Message}")]
    private partial void LogFailed(Exception exception, string message);
}
