using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>The server's list of models.</summary>
internal static partial class ModelsList
{
    private const int Longest = 1 << 20; // bytes

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>Requests the list.</summary>
    /// <exception cref="HttpRequestException">Nothing answers within 15 seconds, or the body is longer than 1 MiB.</exception>
    public static async Task<(HttpStatusCode Status, string Body)> GetAsync(
        OpenAICompatibleOptions options, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Timeout, MaxResponseContentBufferSize = Longest };
        using var request = new HttpRequestMessage(HttpMethod.Get, options.ModelsAddress);
        if (options.Key is { Length: > 0 } key && options.HeaderOfKey == OpenAICompatibleOptions.BearerHeader)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        else if (options.Key is { Length: > 0 } plain)
            request.Headers.TryAddWithoutValidation(options.HeaderOfKey, plain);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (TaskCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"no answer within {Timeout.TotalSeconds:0} seconds", late);
        }
    }

    /// <summary>
    /// Whether the server, as its list says, gives <c>chat_template_kwargs</c> to the model's chat template; not without a list.
    /// </summary>
    public static async Task<bool> IsOfTemplateServerAsync(OpenAICompatibleOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var (status, body) = await GetAsync(options, cancellationToken).ConfigureAwait(false);
            return status == HttpStatusCode.OK && IsOfTemplateServer(body);
        }
        catch (HttpRequestException)
        {
            return false; // the request itself will say what is wrong
        }
    }

    /// <summary>Whether the list is that of a server that gives <c>chat_template_kwargs</c> to the model's chat template.</summary>
    public static bool IsOfTemplateServer(string body) => TemplateServers().IsMatch(body);

    [GeneratedRegex(
        "\"owned_by\"\\s*:\\s*\"(?:vllm|llamacpp|llama\\.cpp|sglang)\"", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex TemplateServers();
}
