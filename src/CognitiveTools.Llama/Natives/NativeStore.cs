using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CognitiveTools.Files;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Models.Downloads;
using CognitiveTools.Models.Integrity;

namespace CognitiveTools.Llama.Natives;

/// <summary>
/// The downloaded builds of llama.cpp, each in a folder of the user's cache. A folder is complete or missing.
/// Safe between processes.
/// </summary>
internal sealed partial class NativeStore
{
    private const string Cache = "natives";

    private readonly string _folder;
    private readonly INpmClient _npm;

    /// <summary>Opens the store in the user's cache.</summary>
    public NativeStore()
        : this(CacheFolder.Of(Cache), new NpmClient("npm"))
    {
    }

    internal NativeStore(string folder, INpmClient npm) => (_folder, _npm) = (folder, npm);

    /// <summary>The folder of a package's libraries; it may not exist yet.</summary>
    public string FolderOf(NativePackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        return Path.Combine(_folder, $"{package.Name}@{package.Version}");
    }

    /// <summary>Whether a package was downloaded.</summary>
    public bool Has(NativePackage package) => Directory.Exists(FolderOf(package));

    /// <summary>Downloads a package through npm, unless it is present and unchanged.</summary>
    /// <returns>The folder of its libraries.</returns>
    /// <exception cref="IOException">
    /// npm is missing or failed, or the package is not the recorded one; the message says what to do.
    /// </exception>
    public async Task<string> GetAsync(NativePackage package, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(package);
        var folder = FolderOf(package);
        if (IsWhole(package, folder))
            return folder;

        var work = Path.Combine(_folder, $".{package.Name}.{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(work);
            var archive = await _npm.PackAsync(
                new NpmPart(package.Package, package.Version, ""), work, cancellationToken).ConfigureAwait(false);
            await CheckAsync(package, archive, cancellationToken).ConfigureAwait(false);
            var complete = Path.Combine(work, "complete");
            Directory.CreateDirectory(complete);
            await UnpackAsync(package, archive, complete, cancellationToken).ConfigureAwait(false);
            if (!IsWhole(package, complete))
                throw new DownloadFailure(
                    $"{package.Package}@{package.Version} does not hold the libraries that natives/{package.Name}/SHA256SUMS records. "
                    + "Do not use that registry.");
            if (Directory.Exists(folder))
                Directory.Move(folder, Path.Combine(work, "outdated"));
            Directory.Move(complete, folder);
            return folder;
        }
        catch (DownloadFailure failure)
        {
            throw new IOException(failure.Message, failure);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException)
        {
            throw new IOException(
                $"The archive of {package.Package}@{package.Version} is damaged: {damaged.Message} Run the same command again.", damaged);
        }
        finally
        {
            if (Directory.Exists(work))
                Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>The package that owns a folder.</summary>
    /// <returns><see langword="null"/> for any other folder.</returns>
    internal static NativePackage? PackageOf(string directory)
        => CacheFolder.Find(Cache) is not { } folder ? null
            : NativePackage.ForThisPlatform.FirstOrDefault(
                package => string.Equals(Path.Combine(folder, $"{package.Name}@{package.Version}"), directory, StringComparison.Ordinal));

    // The libraries that the binding loads.
    [GeneratedRegex("^(lib)?(llama|ggml)[.-].*(so|dylib|dll)$")]
    private static partial Regex Library();

    // The Node addon, llama.cpp's command line helpers, and v0.5.0's kernels for AMX: with them, a Q8_0 model gives other logits for tokens
    // than for the same tokens as embeddings (by 23 in LatentModelTests). On such a processor ggml then takes the kernels for AVX-512.
    [GeneratedRegex("^(lib)?(llama-(common|addon)|ggml-cpu-sapphirerapids)")]
    private static partial Regex LeftOut();

    private static bool IsWhole(NativePackage package, string folder)
    {
        if (!Directory.Exists(folder))
            return false;
        var manifest = NativeManifest.Find(package.Name)!;
        try
        {
            return manifest.Check(folder, new FileHashes()) == manifest.Count;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private static async Task CheckAsync(NativePackage package, string archive, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(archive);
        var actual = Convert.ToBase64String(await SHA512.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
        if (actual != package.Integrity)
            throw new DownloadFailure(
                $"{package.Package}@{package.Version} does not match the hash that this version records: it was altered on the way. "
                + "Clear npm's cache (npm cache clean --force) and run the same command again; "
                + "if that repeats, do not use that registry.");
    }

    private static async Task UnpackAsync(NativePackage package, string archive, string folder, CancellationToken cancellationToken)
    {
        await using var packed = File.OpenRead(archive);
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        await using var tar = new TarReader(unpacked);
        while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken).ConfigureAwait(false) is { } entry)
        {
            var name = Path.GetFileName(entry.Name);
            var isWanted = (entry.Name == $"package/bins/{package.Name}/{name}" && Library().IsMatch(name) && !LeftOut().IsMatch(name))
                || (entry.Name == $"package/{name}" && name.StartsWith("LICENSE", StringComparison.OrdinalIgnoreCase));
            if (isWanted && entry.EntryType is (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                await entry.ExtractToFileAsync(Path.Combine(folder, name), overwrite: true, cancellationToken).ConfigureAwait(false);
        }
    }
}
