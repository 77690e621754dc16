using System.Net;
using System.Net.Http.Headers;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>Checks an endpoint before work begins.</summary>
internal static class OpenAICompatibleEndpoint
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Requests the server's list of models. Many servers do not have one, so a
    /// missing list is accepted; a missing answer or a refused key is an error.
    /// </summary>
    /// <param name="options">A valid endpoint.</param>
    /// <param name="cancellationToken">The caller's cancellation.</param>
    /// <exception cref="HttpRequestException">
    /// Nothing answers within 15 seconds, or the key is refused; the message says what to do.
    /// </exception>
    public static async Task CheckAsync(OpenAICompatibleOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var client = new HttpClient { Timeout = Timeout };
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
