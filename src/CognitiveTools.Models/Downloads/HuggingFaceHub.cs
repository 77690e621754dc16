using System.Globalization;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Models.Downloads;

/// <summary>Asks Hugging Face for a file's checksum and length, which are in the answer to a HEAD request.</summary>
internal sealed class HuggingFaceHub(HttpRequester requester, DownloadRetry retry, ModelDownloaderOptions options)
{
    private const string LinkedTag = "X-Linked-Etag";
    private const string LinkedSize = "X-Linked-Size";

    /// <summary>The address of a file's content.</summary>
    public Uri AddressOf(HuggingFaceSource source) => HubAddress.Of(
        options,
        $"{HubAddress.Escape(source.Repository)}/resolve/{Uri.EscapeDataString(source.Revision)}/{HubAddress.Escape(source.File)}");

    /// <summary>SHA-256 and length of a file; null where the hub does not know them.</summary>
    /// <remarks>
    /// A file in large-file storage is answered with a redirect to a content server, and that redirect carries the linked
    /// headers. A renamed repository is answered with a redirect without them, which is followed.
    /// </remarks>
    public Task<(string? Sha256, long? Bytes)> DescribeAsync(HuggingFaceSource source, CancellationToken cancellationToken) =>
        retry.RunAsync(
        token => AskAsync(source, token),
        (attempts, last) => $"Asking about {AddressOf(source)} failed {attempts} times, last: {last.Message}. "
            + $"Check the network, or name a mirror with {ModelDownloaderOptions.EndpointVariable}, then run the same command again.",
        cancellationToken);

    private async ValueTask<(string? Sha256, long? Bytes)> AskAsync(HuggingFaceSource source, CancellationToken cancellationToken)
    {
        using var response = await requester.SendAsync(
            HttpMethod.Head, AddressOf(source), null, static redirect => redirect.Headers.Contains(LinkedTag), cancellationToken);
        var tag = Header(response, LinkedTag) ?? response.Headers.ETag?.Tag;
        var size = long.TryParse(Header(response, LinkedSize), NumberStyles.None, CultureInfo.InvariantCulture, out var linked)
            ? linked
            : response.IsSuccessStatusCode ? response.Content.Headers.ContentLength : null;
        return (Sha256Of(tag), size);
    }

    // The tag of a small file is a git hash (40 digits), which also covers a header and so cannot be compared with the content's.
    private static string? Sha256Of(string? tag)
    {
        var hex = tag?.Replace("W/", "", StringComparison.Ordinal).Trim('"').ToLowerInvariant();
        return hex is { Length: 64 } && hex.All(char.IsAsciiHexDigit) ? hex : null;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
