using System.Globalization;
using System.Net;
using CognitiveTools.Server.Hosting;
using CognitiveTools.Text;
using Microsoft.AspNetCore.Http;

namespace CognitiveTools.Cli.View;

/// <summary>
/// The first middleware of the live view. It answers to names of this machine only (a web site's name may resolve to it), asks for the
/// token, keeps the token in a cookie, and says why a request is refused or failed.
/// </summary>
internal sealed class ViewGuard(ViewToken token)
{
    /// <summary>The query's key of the token.</summary>
    public const string Key = "token";

    private readonly HostNames _names = new(IPAddress.Loopback, []);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer"; // the address may hold the token
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!_names.Include(request.Host.Host))
        {
            await SayAsync(context, StatusCodes.Status403Forbidden, "The live view does not answer to this host name. Use 127.0.0.1.");
            return;
        }

        var cookie = string.Create(CultureInfo.InvariantCulture, $"cogtools-view-{context.Connection.LocalPort}");
        if (token.Is(request.Query[Key]))
        {
            response.Cookies.Append(cookie, token.Text, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        }
        else if (!IsFromOwnPage(request) || !token.Is(request.Cookies[cookie]))
        {
            await SayAsync(
                context, StatusCodes.Status401Unauthorized,
                "The token is missing or wrong. Open the whole address that `cogtools view` printed.");
            return;
        }

        await AnswerAsync(context, next);
    }

    /// <summary>Answers with a text.</summary>
    public static Task SayAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false } response)
            {
                await SayAsync(context, response.StatusCode, response.StatusCode == StatusCodes.Status404NotFound
                    ? "There is nothing at this address. The list of runs is at /."
                    : "The live view answers GET requests for its pages only.");
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser left.
        }
        catch (Exception exception) when (!context.Response.HasStarted && CommandGuard.IsForTheUser(exception))
        {
            await SayAsync(context, StatusCodes.Status500InternalServerError, FailureWords.Of(exception));
        }
    }

    // A cookie does not know ports, so a page of another server of this machine could make a browser send it.
    private static bool IsFromOwnPage(HttpRequest request)
    {
        foreach (var site in request.Headers["Sec-Fetch-Site"])
        {
            if (site is not ("same-origin" or "none"))
                return false;
        }

        return true;
    }
}
