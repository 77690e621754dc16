using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CognitiveTools.OpenAI.Answers;
using CognitiveTools.Text;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>Converts exceptions of OpenAI's client into those of .NET's HTTP client, with messages that name the remedy.</summary>
internal static class EndpointFault
{
    /// <summary>Key in an exception's data: the time after which to retry, a <see cref="TimeSpan"/>.</summary>
    internal const string RetryAfter = "Retry-After";

    /// <summary>Whether it is a failure of the transport or the server, not of this program.</summary>
    public static bool IsKnown(Exception thrown) =>
        thrown is AggregateException or ClientResultException or EndpointAnswerException or HttpRequestException or IOException
            or OperationCanceledException or JsonException or FormatException;

    /// <summary>The exception to throw instead of a known failure.</summary>
    public static Exception Of(Exception thrown, OpenAICompatibleOptions options) => thrown switch
    {
        // Every attempt failed. One that broke may have cost something, which a later one that found nobody does not say.
        AggregateException { InnerExceptions: [.., var last] attempts } =>
            Of(attempts.LastOrDefault(static attempt => BreakOf(attempt) is not null) ?? last, options),
        ClientResultException or HttpRequestException when BreakOf(thrown) is { } cut =>
            Broken("the connection before it answered", cut, options),
        ClientResultException { Status: 0 } silent => Unreachable(silent.InnerException ?? silent, options),
        ClientResultException answered => Answered(answered, options),
        EndpointAnswerException { IsError: true } said => SaidInside(said, options),
        EndpointAnswerException unreadable => NoCompletion(unreadable, options),
        HttpRequestException refused => Unreachable(refused, options),
        IOException broken => Broken("its answer", broken, options),
        OperationCanceledException =>
            new TimeoutException(
            $"{options.Endpoint} gave no answer within {options.Timeout.TotalSeconds:0.#} seconds. Raise "
            + $"{options.NameOf(nameof(options.Timeout))} or ask for less.", thrown),
        JsonException or FormatException => NoCompletion(thrown, options),
        _ => thrown,
    };

    public static HttpRequestException Unreachable(Exception cause, OpenAICompatibleOptions options) => new(
        $"Nothing answers at {options.Endpoint} ({FailureWords.Of(cause)}). "
            + $"Is the server running, and is {options.NameOf(nameof(options.Endpoint))} its address?", cause);

    public static HttpRequestException Answered(
        HttpStatusCode status, string server, OpenAICompatibleOptions options, Exception? cause, PipelineResponseHeaders? headers = null)
    {
        var wait = WaitOf(headers);
        var remedy = status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when options.Key is null =>
                $"It wants a key: put it into an environment variable and name that in {options.NameOf(nameof(options.ApiKeyVariable))}.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when options.ApiKey is null or "" =>
                $"It refuses the key in the environment variable '{options.ApiKeyVariable}'.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"It refuses the key in {options.NameOf(nameof(options.ApiKey))}.",
            HttpStatusCode.NotFound =>
                $"It has no chat completions at this address or no model '{options.Model}'; such addresses usually end in /v1.",
            HttpStatusCode.TooManyRequests when wait > TimeSpan.Zero => string.Create(
                CultureInfo.InvariantCulture, $"It takes no more requests for now and says to wait {wait.Value.TotalSeconds:0} seconds."),
            HttpStatusCode.TooManyRequests => "It takes no more requests for now.",
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest
                when headers?.TryGetValue("Location", out var target) is true && target is not null =>
                $"It sends the request on to {ServerMessage.Shorten(target)}. If that is the API, set "
                    + $"{options.NameOf(nameof(options.Endpoint))} to that address without /chat/completions.",
            _ => "",
        };
        var fault = new HttpRequestException(
            $"{options.Endpoint} answered {(int)status}. {remedy} {server}".Replace("  ", " ", StringComparison.Ordinal).TrimEnd(),
            cause, status);
        if (wait is not null)
            fault.Data[RetryAfter] = wait; // the eval harness, which retries requests itself, honours it too
        return fault;
    }

    private static HttpRequestException Answered(ClientResultException answered, OpenAICompatibleOptions options) => Answered(
        (HttpStatusCode)answered.Status, ServerMessage.Of(Body(answered)), options, answered, answered.GetRawResponse()?.Headers);

    private static HttpRequestException Broken(string what, IOException cut, OpenAICompatibleOptions options) => new(
        $"{options.Endpoint} broke off {what} ({FailureWords.Of(cut)}). Ask again; if it happens again, see the server's log.", cut);

    // The end of a connection over which the request was sent: the server may have worked on it.
    private static IOException? BreakOf(Exception? thrown) => thrown switch
    {
        ClientResultException { Status: 0 } silent => BreakOf(silent.InnerException),
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.Unknown or HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError,
            InnerException: IOException cut,
        } => cut,
        _ => null,
    };

    private static HttpRequestException SaidInside(EndpointAnswerException said, OpenAICompatibleOptions options)
    {
        var status = said.Status is >= 400 and <= 599 and { } code ? (HttpStatusCode)code : HttpStatusCode.OK;
        var named = status == HttpStatusCode.OK ? "" : $" {(int)status}";
        return new HttpRequestException(
            $"{options.Endpoint} answered 200 with an error{named} in place of an answer: {said.Message}", said, status);
    }

    private static InvalidDataException NoCompletion(Exception cause, OpenAICompatibleOptions options) => new(
        $"What {options.Endpoint} answered is not a chat completion: {FailureWords.Of(cause).TrimEnd('.')}. "
            + $"Is {options.NameOf(nameof(options.Endpoint))} the address of an API that speaks OpenAI's chat completions? Such addresses "
            + "usually end in /v1.",
        cause);

    private static TimeSpan? WaitOf(PipelineResponseHeaders? headers)
    {
        if (headers?.TryGetValue(RetryAfter, out var value) is not true || !RetryConditionHeaderValue.TryParse(value, out var after))
            return null;
        // A date refers to the server's clock.
        return after.Delta is null && after.Date is { } date && headers.TryGetValue("Date", out var now)
            && DateTimeOffset.TryParse(now, CultureInfo.InvariantCulture, out var sent)
            ? date - sent
            : after.Delta;
    }

    private static string Body(ClientResultException answered) => answered.GetRawResponse()?.Content?.ToString() ?? "";
}
