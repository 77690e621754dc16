using System.Net;
using System.Net.Http.Headers;

namespace CognitiveTools.Models.Downloads;

/// <summary>Sends requests, follows redirects by hand, and turns refusals into messages with a remedy.</summary>
internal sealed class HttpRequester(HttpClient client, ModelDownloaderOptions options, TimeProvider time)
{
    private const int MostRedirects = 10;

    /// <summary>Sends a request and follows its redirects.</summary>
    /// <param name="method">HEAD or GET.</param>
    /// <param name="address">The first address.</param>
    /// <param name="prepare">Adds headers; called once per hop.</param>
    /// <param name="stopAt">Whether this redirect is itself the answer wanted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="TransientDownloadFailure">The server could not be reached, or asked to come back later.</exception>
    /// <exception cref="DownloadFailure">The server refused.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        Uri address,
        Action<HttpRequestMessage>? prepare,
        Func<HttpResponseMessage, bool>? stopAt,
        CancellationToken cancellationToken)
    {
        var at = address;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var response = await SendOnceAsync(method, at, prepare, cancellationToken);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location || stopAt?.Invoke(response) == true)
            {
                Refuse(response, at);
                return response;
            }

            response.Dispose();
            var next = new Uri(at, location);
            if (next.Scheme is not ("http" or "https") || (at.Scheme == "https" && next.Scheme != "https"))
                throw new DownloadFailure($"{at} redirects to {next}, which is not secure. Use an address with https redirects only.");
            at = next;
        }

        throw new DownloadFailure($"{address} redirects more than {MostRedirects} times. Check the address.");
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, Uri address, Action<HttpRequestMessage>? prepare, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (options.HuggingFaceToken is { } token && IsHub(address) && address.Scheme == options.HuggingFaceEndpoint.Scheme)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        prepare?.Invoke(request);

        using var stall = new CancellationTokenSource(options.StallTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
        }
        catch (HttpRequestException error)
        {
            throw new TransientDownloadFailure($"{address.Authority} could not be reached: {error.Message}", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientDownloadFailure($"{address.Authority} did not answer within {options.StallTimeout.TotalSeconds} s", error);
        }
    }

    private void Refuse(HttpResponseMessage response, Uri address)
    {
        var status = (int)response.StatusCode;

        // The caller handles 416: its part is longer than the file.
        if (status < 400 || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            return;

        var reason = response.Headers.TryGetValues("X-Error-Message", out var messages) ? $" ({string.Join(' ', messages)})" : "";
        response.Dispose();
        var refusal = $"{address} answered {status}{reason}.";
        if (status is 408 or 429 or >= 500)
            throw new TransientDownloadFailure(refusal.TrimEnd('.'));

        throw new DownloadFailure($"{refusal} {RemedyOf(status, IsHub(address))}");
    }

    private string RemedyOf(int status, bool isHub) => (status, isHub) switch
    {
        (401 or 403, true) when options.HuggingFaceToken is null =>
            "The repository does not exist, or needs permission. "
            + "Check owner and name; if it is gated, accept its licence on its page and set HF_TOKEN to an access token, "
            + "or run `hf auth login`.",
        (401 or 403, true) =>
            $"The token in {options.Login?.Place} gives no access. "
            + "Accept the licence on the repository's page, or use a token that may read it. "
            + "A token that has expired is refused for public repositories too: remove it then.",
        (401 or 403, false) =>
            "The address needs permission, which only Hugging Face downloads support. Download it by hand and give the file's path.",
        (404 or 410, true) => "Check owner, repository, revision and file name: hf:owner/repo or hf:owner/repo/file.gguf.",
        _ => "Check the address.",
    };

    private bool IsHub(Uri address) => address.Authority == options.HuggingFaceEndpoint.Authority;

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;
}
