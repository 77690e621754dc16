using CognitiveTools.Models.Catalog;
using CognitiveTools.Models.Names;

namespace CognitiveTools.Models.Downloads;

/// <summary>
/// Downloads models into a store. A file gets its name only when it is complete and its checksum is right; until then it is a
/// <c>.part</c> that a later run resumes. Two processes cannot download one file at the same time.
/// </summary>
public sealed class ModelDownloader : IDisposable
{
    private readonly ModelStore _store;
    private readonly HttpClient _client;
    private readonly HubFileList _list;
    private readonly FileDownload _file;
    private readonly StoreDisk _disk;
    private readonly Func<string, string?>? _checkGguf;

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
        (_store, _disk, _checkGguf) = (store, disk, options.CheckGguf);

        // HttpRequester follows redirects, so that a token is never sent to another host; a large file has no overall time limit.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        var requester = new HttpRequester(_client, options, time);
        var retry = new DownloadRetry(options, time);
        _list = new HubFileList(requester, retry, options, time);
        _file = new FileDownload(
            new HttpFetcher(requester, retry, disk, options, time),
            new HuggingFaceHub(requester, retry, options),
            new NpmFetcher(npm ?? new NpmClient(options.NpmCommand), disk),
            options.CheckGguf);
    }

    /// <summary>
    /// Downloads the files of a reference, unless they are present with the expected content. A changed file is downloaded again; of a
    /// split model, all parts are downloaded, whichever is named. For a Hugging Face repository without a file, its files are listed and
    /// one is chosen and remembered.
    /// </summary>
    /// <param name="reference">
    /// A catalog name, <c>hf:owner/repo</c>, <c>hf:owner/repo:QUANT</c>, <c>hf:owner/repo/file.gguf</c>, or an http(s) address.
    /// </param>
    /// <param name="progress">Receives progress; may be called from any thread.</param>
    /// <param name="cancellationToken">Cancels the download; the bytes that have arrived are kept.</param>
    /// <returns>The file, or the reason of the failure.</returns>
    /// <exception cref="FormatException">The reference is malformed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ModelDownload> GetAsync(
        string reference, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var model = _store.ResolveFile(reference);
        try
        {
            if (ProblemOf(model) is not { } problem)
                return Present(model);
            if (model.Source is null or FileSource or OllamaSource)
                return Failed(problem);
            var (file, note) = (reference, (string?)null);
            if (model.Source is HuggingFaceChoice wanted)
                (file, note) = await ChooseAsync(wanted, cancellationToken);
            var download = await FetchAsync(file, progress, cancellationToken);
            return note is null ? download : download with { Warnings = [note, .. download.Warnings] };
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

    private async Task<ModelDownload> FetchAsync(
        string reference, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var path = _store.ResolveFile(reference).Path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var held = Lock(path);

        // Another process may have finished the download before this one got the lock.
        var model = _store.ResolveFile(reference);
        return ProblemOf(model) is null ? Present(model) : await FetchAllAsync(model, progress, cancellationToken);
    }

    private string? ProblemOf(ResolvedModel model) => model.IsPresent ? _store.ProblemOf(model) ?? ProblemOfOwn(model) : model.Remedy;

    // A file of the user's has no hash that could be checked.
    private string? ProblemOfOwn(ResolvedModel model) => _checkGguf is null || model.Source is not FileSource ? null
        : model.Files.Where(static file => file.Sha256 is null && Path.GetExtension(file.Path) != ".json") // a manifest
            .Select(file => _checkGguf(file.Path)).FirstOrDefault(static problem => problem is not null);

    private static ModelDownload Failed(string error) => new() { Error = error };

    private static ModelDownload Present(ResolvedModel model) => new()
    {
        Path = model.Path,
        WasPresent = true,
        Sha256 = model.Sha256,
        Files = model.Files.Count,
    };

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<ModelDownload> FetchAllAsync(
        ResolvedModel model, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var (sha256, warnings) = (model.Files[0].Sha256, new List<string>());
        foreach (var (i, file, expected) in await MissingAsync(model, cancellationToken))
        {
            var wasThere = File.Exists(file.Path);
            var part = new FileProgress(progress, i + 1, model.Files.Count);
            var (hash, warning) = await _file.FetchAsync(file, model, expected, part, cancellationToken);
            if (i == 0)
                sha256 = hash;
            if (wasThere)
                warnings.Add($"{file.Path} did not have the content of '{model.Reference}'; it was replaced.");
            if (warning is not null)
                warnings.Add(warning);
        }

        if (GgufListing.IsProjector(model.Path))
            warnings.Add($"{model.Path} is a projector by its name, which a model of images or sound uses; it is not a model itself.");
        return new ModelDownload { Path = model.Path, Sha256 = sha256, Files = model.Files.Count, Warnings = warnings };
    }

    // All files are asked about before the first is fetched, because one that is missing or does not fit makes the others useless.
    private async Task<IReadOnlyList<(int Index, ModelFile File, (string? Sha256, long? Bytes) Expected)>> MissingAsync(
        ResolvedModel model, CancellationToken cancellationToken)
    {
        var missing = new List<(int, ModelFile, (string?, long?))>();
        long needed = 0;
        for (var i = 0; i < model.Files.Count; i++)
        {
            var file = model.Files[i];
            if (model.Files.Count > 1 && File.Exists(file.Path) && _store.ProblemOf(file, model) is null)
                continue; // a part that an earlier run finished
            var expected = await _file.DescribeAsync(file, model, cancellationToken);
            var part = new FileInfo(FileDownload.PartOf(file));
            needed += Math.Max(0, (expected.Bytes ?? 0) - (part.Exists ? part.Length : 0));
            missing.Add((i, file, expected));
        }

        if (missing.Count > 1)
            _disk.Require(model.Path, needed);
        return missing;
    }

    private async Task<(string Reference, string? Note)> ChooseAsync(HuggingFaceChoice wanted, CancellationToken cancellationToken)
    {
        var (file, note) = HubFileChoice.Choose(wanted, await _list.ReadAsync(wanted, cancellationToken));
        _store.Choices.Write(wanted, file);
        return (file.Reference, note);
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

    /// <summary>Says which file of the model a report is about.</summary>
    private sealed class FileProgress(IProgress<DownloadProgress>? inner, int file, int files) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => inner?.Report(value with { File = file, Files = files });
    }
}
