using System.Net;
using CognitiveTools.OpenAI.Answers;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>Checks an endpoint before work begins.</summary>
internal static class OpenAICompatibleEndpoint
{
    /// <summary>
    /// Requests the server's list of models. Many servers do not have one, and many keys may chat and not list models, so a
    /// missing or forbidden list is accepted; a missing answer or a refused key is an error.
    /// </summary>
    /// <param name="options">A valid endpoint.</param>
    /// <param name="cancellationToken">The caller's cancellation.</param>
    /// <exception cref="HttpRequestException">
    /// Nothing answers within 15 seconds, or the key is refused; the message says what to do.
    /// </exception>
    public static async Task CheckAsync(OpenAICompatibleOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        HttpStatusCode status;
        string body;
        try
        {
            (status, body) = await ModelsList.GetAsync(options, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError != HttpRequestError.ConfigurationLimitExceeded)
        {
            throw EndpointFault.Unreachable(e, options);
        }
        catch (HttpRequestException)
        {
            return; // a list that is too long is a list
        }

        if (status == HttpStatusCode.Unauthorized && !IsMissingScope(body))
            throw EndpointFault.Answered(status, ServerMessage.Of(body), options, cause: null);
    }

    // OpenAI answers a restricted key that may not list models with 401 or 403; the key is good for what it may do.
    private static bool IsMissingScope(string body) =>
        body.Contains("scope", StringComparison.OrdinalIgnoreCase)
        || body.Contains("insufficient permission", StringComparison.OrdinalIgnoreCase);
}
