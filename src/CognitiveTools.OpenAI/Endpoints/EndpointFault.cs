using System.ClientModel;
using System.Net;
using System.Text.Json;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>Turns what OpenAI's client throws into the exceptions of .NET's own HTTP client, with words that name the remedy.</summary>
internal static class EndpointFault
{
    private const int MostOfAMessage = 500;

    // OpenAI and vLLM; llama.cpp's server.
    private static readonly string[] ContextFull = ["context_length_exceeded", "maximum context length", "exceed_context_size"];

    /// <summary>Whether it is a fault of the transport or the server, not of this program.</summary>
    public static bool IsKnown(Exception thrown) =>
        thrown is AggregateException or ClientResultException or HttpRequestException or OperationCanceledException or JsonException or FormatException;

    /// <summary>The exception to throw instead of a known one.</summary>
    public static Exception Of(Exception thrown, OpenAICompatibleOptions options) => thrown switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Of(last, options), // every attempt failed
        ClientResultException { Status: 0 } silent => Unreachable(silent.InnerException ?? silent, options),
        ClientResultException answered => Answered((HttpStatusCode)answered.Status, ServerText(answered), options, answered),
        HttpRequestException refused => Unreachable(refused, options),
        OperationCanceledException => new TimeoutException($"{options.Endpoint} gave no answer within {options.Timeout.TotalSeconds:0.#} seconds. Raise {options.Source}:{nameof(options.Timeout)} or ask for less.", thrown),
        JsonException or FormatException => new InvalidDataException($"What {options.Endpoint} answered is no chat completion: {thrown.Message}", thrown),
        _ => thrown,
    };

    /// <summary>Whether the server refused because prompt and answer do not fit the model's context.</summary>
    public static bool IsContextFull(Exception thrown) =>
        thrown is ClientResultException { Status: 400 or 413 } refused && ContextFull.Any(text => ServerText(refused).Contains(text, StringComparison.OrdinalIgnoreCase));

    public static HttpRequestException Unreachable(Exception cause, OpenAICompatibleOptions options) => new(
        $"Nothing answers at {options.Endpoint} ({cause.Message}). Is the server running, and is {options.Source}:{nameof(options.Endpoint)} its address?", cause);

    public static HttpRequestException Answered(HttpStatusCode status, string server, OpenAICompatibleOptions options, Exception? cause)
    {
        var remedy = status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when options.Key is null => $"It wants a key: put it into an environment variable and name that in {options.Source}:{nameof(options.ApiKeyVariable)}.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when options.ApiKey is null or "" => $"It refuses the key in the environment variable '{options.ApiKeyVariable}'.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"It refuses the key in {options.Source}:{nameof(options.ApiKey)}.",
            HttpStatusCode.NotFound => $"It has no chat completions at this address or no model '{options.Model}'; such addresses usually end in /v1.",
            HttpStatusCode.BadRequest when server.Contains(TokenLimitPolicy.Modern, StringComparison.Ordinal) => $"If it wants its token limit under that name, set {options.Source}:{nameof(options.TokenLimitName)} to {TokenLimitPolicy.Modern}.",
            HttpStatusCode.TooManyRequests => "It takes no more requests for now.",
            _ => "",
        };
        return new HttpRequestException($"{options.Endpoint} answered {(int)status} ({status}). {remedy} {server}".Replace("  ", " ", StringComparison.Ordinal).TrimEnd(), cause, status);
    }

    private static string ServerText(ClientResultException answered)
    {
        var body = answered.GetRawResponse()?.Content?.ToString() ?? "";
        return body.Length <= MostOfAMessage ? body : body[..MostOfAMessage] + "...";
    }
}
