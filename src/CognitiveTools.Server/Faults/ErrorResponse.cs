using System.Text.RegularExpressions;
using CognitiveTools.Latents;
using CognitiveTools.Server.Wire;
using Microsoft.AspNetCore.Http;

namespace CognitiveTools.Server.Faults;

/// <summary>
/// Maps errors to the protocol's error responses. The response to an internal
/// error gives no details; these are in the log, under the request's id.
/// </summary>
internal static partial class ErrorResponse
{
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
        HttpRequestException =>
            (502, new(
                "The model's own server cannot be reached, or refuses the request; the log of this server says why.",
                Server,
                null,
                "model_unreachable")),
        TimeoutException => (504, new("The model took too long.", Server, null, "model_timeout")),
        OperationCanceledException => (503, new("The server is shutting down.", Server, null, "shutting_down")),
        _ => (500, new("The server failed on this request; its log says why, under the request's id.", Server, null, "internal_error")),
    };

    /// <summary>An exception's message in words of the protocol, without the name of an internal parameter at its end.</summary>
    public static string Words(Exception exception) => OptionNames.Replace(ParameterNote().Replace(exception.Message, ""));

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
