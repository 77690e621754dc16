using System.Net;
using System.Net.Http.Headers;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>Checks an endpoint before work begins.</summary>
public static class OpenAICompatibleEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Asks the server for its list of models. That there is none proves nothing, for many servers have no such list; that
    /// nobody answers, or that the key is refused, does.
    /// </summary>
    /// <param name="options">The endpoint, valid.</param>
    /// <param name="cancellationToken">The caller's cancellation.</param>
    /// <exception cref="HttpRequestException">Nothing answers within 15 seconds, or the key is refused; the message says what to
    /// do.</exception>
    public static async Task CheckAsync(OpenAICompatibleOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var client = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, options.Address.AbsoluteUri.TrimEnd('/') + "/models");
        if (options.Key is { Length: > 0 } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        HttpStatusCode status;
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            status = response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw EndpointFault.Unreachable(e, options);
        }

        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw EndpointFault.Answered(status, "", options, cause: null);
    }
}
