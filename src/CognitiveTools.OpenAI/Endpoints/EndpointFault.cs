using System.ClientModel;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CognitiveTools.OpenAI.Answers;

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
        AggregateException { InnerExceptions: [.., var last] } => Of(last, options), // every attempt failed
        ClientResultException { Status: 0 } silent => Unreachable(silent.InnerException ?? silent, options),
        ClientResultException answered =>
            WithRetryAfter(Answered((HttpStatusCode)answered.Status, ServerMessage.Of(Body(answered)), options, answered), answered),
        EndpointAnswerException { IsError: true } said => SaidInside(said, options),
        EndpointAnswerException unreadable => NoCompletion(unreadable, options),
        HttpRequestException refused => Unreachable(refused, options),
        IOException broken =>
            new HttpRequestException(
            $"{options.Endpoint} broke off its answer ({broken.Message}). Ask again; if it happens again, see the server's log.", broken),
        OperationCanceledException =>
            new TimeoutException(
            $"{options.Endpoint} gave no answer within {options.Timeout.TotalSeconds:0.#} seconds. Raise "
            + $"{options.NameOf(nameof(options.Timeout))} or ask for less.", thrown),
        JsonException or FormatException => NoCompletion(thrown, options),
        _ => thrown,
    };

    public static HttpRequestException Unreachable(Exception cause, OpenAICompatibleOptions options) => new(
        $"Nothing answers at {options.Endpoint} ({cause.Message}). "
            + $"Is the server running, and is {options.NameOf(nameof(options.Endpoint))} its address?", cause);

    public static HttpRequestException Answered(HttpStatusCode status, string server, OpenAICompatibleOptions options, Exception? cause)
    {
        var remedy = status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when options.Key is null =>
                $"It wants a key: put it into an environment variable and name that in {options.NameOf(nameof(options.ApiKeyVariable))}.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when options.ApiKey is null or "" =>
                $"It refuses the key in the environment variable '{options.ApiKeyVariable}'.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"It refuses the key in {options.NameOf(nameof(options.ApiKey))}.",
            HttpStatusCode.NotFound =>
                $"It has no chat completions at this address or no model '{options.Model}'; such addresses usually end in /v1.",
            HttpStatusCode.TooManyRequests => "It takes no more requests for now.",
            _ => "",
        };
        return new HttpRequestException(
            $"{options.Endpoint} answered {(int)status} ({status}). {remedy} {server}".Replace("  ", " ", StringComparison.Ordinal)
            .TrimEnd(), cause, status);
    }

    private static HttpRequestException SaidInside(EndpointAnswerException said, OpenAICompatibleOptions options)
    {
        var status = said.Status is >= 400 and <= 599 and { } code ? (HttpStatusCode)code : HttpStatusCode.OK;
        var named = status == HttpStatusCode.OK ? "" : $" {(int)status} ({status})";
        return new HttpRequestException($"{options.Endpoint} answered 200 (OK) with an error{named} in place of an answer: {said.Message}",
            said, status);
    }

    private static InvalidDataException NoCompletion(Exception cause, OpenAICompatibleOptions options) => new(
        $"What {options.Endpoint} answered is not a chat completion: {cause.Message}. Is {options.NameOf(nameof(options.Endpoint))} the "
            + "address of an API that speaks OpenAI's chat completions? Such addresses usually end in /v1.",
        cause);

    // The eval harness, which retries requests itself, honours it too.
    private static HttpRequestException WithRetryAfter(HttpRequestException fault, ClientResultException answered)
    {
        var headers = answered.GetRawResponse()?.Headers;
        if (headers?.TryGetValue(RetryAfter, out var value) is not true || !RetryConditionHeaderValue.TryParse(value, out var after))
            return fault;
        // A date refers to the server's clock.
        if (after.Delta is null && after.Date is { } date && headers.TryGetValue("Date", out var now)
            && DateTimeOffset.TryParse(now, CultureInfo.InvariantCulture, out var sent))
            fault.Data[RetryAfter] = date - sent;
        else if (after.Delta is { } delay)
            fault.Data[RetryAfter] = delay;
        return fault;
    }

    private static string Body(ClientResultException answered) => answered.GetRawResponse()?.Content?.ToString() ?? "";
}
