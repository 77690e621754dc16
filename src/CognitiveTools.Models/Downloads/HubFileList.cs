using System.Text.Json;
using System.Text.RegularExpressions;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Models.Downloads;

/// <summary>Asks Hugging Face which files a repository has.</summary>
internal sealed partial class HubFileList(HttpRequester requester, DownloadRetry retry, ModelDownloaderOptions options, TimeProvider time)
{
    private const int MostPages = 100; // of up to 1,000 files
    private const long MostBytesOfAPage = 16 << 20;

    /// <summary>The files of a revision, folders included in their paths.</summary>
    /// <exception cref="DownloadFailure">The hub refused, could not be reached, or sent something else.</exception>
    public async Task<IReadOnlyList<(string Path, long Bytes)>> ReadAsync(
        HuggingFaceChoice repository, CancellationToken cancellationToken)
    {
        var files = new List<(string, long)>();
        Uri? page = HubAddress.Of(options, $"api/models/{HubAddress.Escape(repository.Repository)}/tree/"
            + $"{Uri.EscapeDataString(repository.Revision)}?recursive=true");
        for (var pages = 0; page is not null; pages++)
        {
            if (pages == MostPages)
            {
                throw new DownloadFailure(
                    $"hf:{repository.Repository} has more files than can be listed. Name a file: hf:owner/repo/file.gguf.");
            }

            var at = page;
            (var entries, page) = await retry.RunAsync(
                token => PageAsync(at, token),
                (attempts, last) => $"Listing the files of hf:{repository.Repository} failed {attempts} times, last: {last.Message}. "
                    + $"Check the network, or name a mirror with {ModelDownloaderOptions.EndpointVariable}, "
                    + "then run the same command again.",
                cancellationToken);
            files.AddRange(entries.Where(static entry => entry is { Type: "file", Path: not null })
                .Select(static entry => (entry.Path!, entry.Size)));
        }

        return files;
    }

    private async ValueTask<(IReadOnlyList<HubFile> Files, Uri? Next)> PageAsync(Uri page, CancellationToken cancellationToken)
    {
        using var response = await requester.SendAsync(HttpMethod.Get, page, null, null, cancellationToken);
        using var stall = new CancellationTokenSource(options.StallTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        try
        {
            await response.Content.LoadIntoBufferAsync(MostBytesOfAPage, linked.Token);
            var content = await response.Content.ReadAsByteArrayAsync(linked.Token);
            var files = JsonSerializer.Deserialize(content, HubJson.Default.IReadOnlyListHubFile)
                ?? throw new JsonException("there is no list");
            return (files, NextOf(response, page));
        }
        catch (JsonException error)
        {
            throw new DownloadFailure(
                $"{page} did not answer with a list of files: {error.Message} Name a file: hf:owner/repo/file.gguf.", error);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new TransientDownloadFailure($"the list of {page.Authority} did not arrive: {error.Message}", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientDownloadFailure($"the list did not arrive within {options.StallTimeout.TotalSeconds} s", error);
        }
    }

    // RFC 8288: <https://host/path?cursor=x>; rel="next"
    private static Uri? NextOf(HttpResponseMessage response, Uri page) =>
        response.Headers.TryGetValues("Link", out var links)
            && NextLink().Match(string.Join(", ", links)) is { Success: true } match
            && Uri.TryCreate(page, match.Groups["next"].Value, out var next) && next.Scheme == page.Scheme
            ? next
            : null;

    [GeneratedRegex("<(?<next>[^<>]+)>[^,<]*;\\s*rel=\"?next\"?", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex NextLink();
}
