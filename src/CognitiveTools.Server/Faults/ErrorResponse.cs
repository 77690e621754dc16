using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CognitiveTools.Calls;
using CognitiveTools.Latents;
using CognitiveTools.Server.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CognitiveTools.Server.Faults;

/// <summary>
/// Maps errors to the protocol's error responses. The response to an internal
/// error gives no details; these are in the log, under the request's id.
/// </summary>
internal static partial class ErrorResponse
{
    /// <summary>What a client learns of a model that failed.</summary>
    public const string ModelFailed = "The model failed while it was asked; the server's log says why.";

    private const string Client = "invalid_request_error";
    private const string Server = "server_error";

    /// <summary>The status and the error of an exception.</summary>
    public static (int Status, ErrorDetail Error) Of(Exception exception) => exception switch
    {
        RequestRefusedException refused =>
            (refused.Status, new(refused.Message, refused.Status >= 500 ? Server : Client, refused.Parameter, refused.Code)),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large =>
            (large.StatusCode,
            new($"{large.Message} Send less, or start the server with a larger limit.", Client, null, "request_too_large")),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } slow =>
            (slow.StatusCode, new("The body came too slowly. Send it faster, or less.", Client, null, "request_timeout")),
        BadHttpRequestException bad => (bad.StatusCode, new(bad.Message, Client, null, "bad_request")),
        ContextFullException full => (400, new(full.Message, Client, "messages", "context_length_exceeded")),
        NotSupportedException or ArgumentException =>
            (400, new(Words(exception), Client, OptionNames.ParameterIn(exception.Message), "unsupported")),
        HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } =>
            (429, new("The model's own server takes no more requests for now. Try again later.", Server, null, "rate_limit_exceeded")),
        HttpRequestException =>
            (502, new(
                "The model's own server cannot be reached, or refuses the request; the log of this server says why.",
                Server,
                null,
                "model_unreachable")),
        InvalidDataException => (502, new(ModelFailed, Server, null, "model_failed")), // its answer cannot be read
        TimeoutException => (504, new("The model took too long.", Server, null, "model_timeout")),
        OperationCanceledException => (503, new("The server is shutting down.", Server, null, "shutting_down")),
        _ => (500, new("The server failed on this request; its log says why, under the request's id.", Server, null, "internal_error")),
    };

    /// <summary>
    /// The seconds that the model's own server asks to wait when it takes no more requests; <see langword="null"/> otherwise.
    /// </summary>
    public static string? RetryAfterOf(Exception exception) =>
        exception is HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } limited
            && limited.Data[HeaderNames.RetryAfter] is TimeSpan wait && wait > TimeSpan.Zero
            ? Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture)
            : null;

    /// <summary>
    /// An exception's message in words of the protocol, without the name of an internal parameter at its end and without what only
    /// the writer of an app can do.
    /// </summary>
    public static string Words(Exception exception) =>
        OptionNames.Replace(ParameterNote().Replace(exception.Message, "")).Replace(CodeTool.ForApps, "", StringComparison.Ordinal);

    /// <summary>The error for a status that was set without a message.</summary>
    public static ErrorDetail Of(int status, HttpRequest request) => status switch
    {
        404 => new(
            $"There is nothing at {request.Path}. The addresses are /v1/chat/completions, /v1/models, /health and /metrics.",
            Client,
            null,
            "not_found"),
        405 => new($"{request.Path} does not answer {request.Method}.", Client, null, "method_not_allowed"),
        429 => new("Too many requests are waiting. Try again later.", Server, null, "rate_limit_exceeded"),
        _ => new($"The request failed with status {status}.", Client, null, "bad_request"),
    };

    [GeneratedRegex(@" \(Parameter '[^']*'\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterNote();
}
