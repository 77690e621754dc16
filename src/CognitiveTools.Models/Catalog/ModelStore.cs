using System.Security.Cryptography;
using System.Text;
using CognitiveTools.Files;
using CognitiveTools.Models.Integrity;
using CognitiveTools.Text;

namespace CognitiveTools.Models.Catalog;

/// <summary>The folder of downloaded models, and the resolution of references to models.</summary>
public sealed class ModelStore
{
    private const string HashEnding = ".sha256"; // of the file that holds a download's hash, when no catalog has it

    private readonly FileHashes _hashes;
    private readonly string? _folder;

    /// <summary>Describes a store; nothing is read or written yet.</summary>
    /// <param name="catalog">Models known by name.</param>
    /// <param name="folder">The folder; <see langword="null"/> for <see cref="DefaultFolder"/>. Created when first written to.</param>
    public ModelStore(ModelCatalog catalog, string? folder = null)
        : this(catalog, folder, new FileHashes())
    {
    }

    internal ModelStore(ModelCatalog catalog, string? folder, FileHashes hashes) =>
        (Catalog, _folder, _hashes) = (catalog, folder is null ? null : Path.GetFullPath(folder), hashes);

    /// <summary>The environment variable that names the store's folder.</summary>
    public const string FolderVariable = "COGTOOLS_MODELS";

    /// <summary>The folder. Only models that are downloaded need it.</summary>
    /// <exception cref="InvalidOperationException">No folder was given, and the system names no home folder.</exception>
    public string Folder => Path.GetFullPath(_folder ?? DefaultFolder());

    /// <summary>Models known by name.</summary>
    public ModelCatalog Catalog { get; }

    /// <summary>
    /// The environment's <c>COGTOOLS_MODELS</c>; else <c>models</c> in <see cref="CacheFolder"/>.
    /// </summary>
    public static string DefaultFolder() =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? named : CacheFolder.Of("models");

    /// <summary>
    /// The file of a reference, for loading: it is present, and has the content that the catalog names or that was downloaded.
    /// A file is hashed at its first use and after each change.
    /// </summary>
    /// <param name="reference">As in <see cref="Resolve"/>.</param>
    /// <exception cref="FileNotFoundException">It is not on this machine; the message says how to get it.</exception>
    /// <exception cref="InvalidDataException">The file has another content; the message has the expected hash and the remedy.</exception>
    /// <exception cref="FormatException">The reference is malformed.</exception>
    public ResolvedModel Require(string reference)
    {
        var model = Resolve(reference);
        if (!model.IsPresent)
            throw new FileNotFoundException(model.Remedy, model.Path);
        return ProblemOf(model) is { } problem ? throw new InvalidDataException(problem) : model;
    }

    /// <summary>
    /// Describes how the content of a present file differs from the expected one; <see langword="null"/> when it does not.
    /// </summary>
    internal string? ProblemOf(ResolvedModel model)
    {
        if (model.Sha256 is not { } expected || _hashes.Of(model.Path) is var actual && actual == expected)
            return null;
        var remedy = model.Source is FileSource
            ? $"Restore it (git checkout -- {((FileSource)model.Source).Path}); a model of your own goes by its path: --model {model.Path}"
            : $"Fetch it again: cogtools models get {model.Entry?.Name ?? model.Reference}";
        return $"{model.Path} is not the file of '{model.Reference}': it has SHA-256 {actual}, and {expected} is expected. {remedy}";
    }

    /// <summary>Records the hash of a downloaded file, so that a later change is detected.</summary>
    internal static void WriteHash(string path, string sha256) =>
        File.WriteAllText(path + HashEnding, $"{sha256}  {Path.GetFileName(path)}\n");

    /// <summary>Resolves a reference without reading the file and without network access.</summary>
    /// <param name="reference">A catalog name, <c>hf:owner/repo/file.gguf</c>, an http(s) address, or a file's path; then
    /// the changes, for instance <c>+lora=FILE@SCALE</c> or <c>+set=KEY:VALUE</c>.</param>
    /// <exception cref="FormatException">An <c>hf:</c> reference, an address or a change is malformed.</exception>
    public ResolvedModel Resolve(string reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        var (file, change) = ModelChange.Split(reference);
        ArgumentException.ThrowIfNullOrWhiteSpace(file, nameof(reference));
        var model = ResolveFile(file);
        change = (model.Entry?.Change ?? ModelChange.None).And(change);
        if (change.IsNone)
            return model;
        var lora = change.Lora is { } named ? FindInRepository(named) : null;
        var isMissing = change.Lora is not null && lora is null;
        return model with
        {
            Reference = reference,
            Change = change with { Lora = lora ?? change.Lora },
            IsPresent = model.IsPresent && !isMissing,
            Remedy = model.Remedy
                ?? (isMissing ? $"There is no LoRA adapter '{change.Lora}' in the current folder or above it. Correct the path." : null),
        };
    }

    private ResolvedModel ResolveFile(string reference)
    {
        if (reference.StartsWith("hf:", StringComparison.Ordinal))
        {
            var source = HuggingFaceSource.Parse(reference[3..]);
            var revision = source.Revision == "main" ? "" : "@" + source.Revision;
            return Downloadable(
                reference, source,
                Path.Combine(Folder, "hf", Path.Combine((source.Repository + revision).Split('/')), Path.Combine(source.File.Split('/'))));
        }

        if (reference.Contains("://", StringComparison.Ordinal))
        {
            if (!Uri.TryCreate(reference, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")
                || !PlainName.Fits(Path.GetFileName(address.LocalPath)))
                throw new FormatException($"'{reference}' must be an http or https address of a file with a plain name.");
            return Downloadable(
                reference, new UrlSource(address), Path.Combine(Folder, "url", ShortHash(reference), Path.GetFileName(address.LocalPath)));
        }

        if (Catalog.Find(reference) is { } entry)
            return Known(reference, entry);

        var path = Path.GetFullPath(reference);
        var names = Catalog.Entries.Select(static known => known.Name).ToArray();
        return File.Exists(path)
            ? new ResolvedModel(reference, path, IsPresent: true) { Source = new FileSource(reference) }
            : new ResolvedModel(reference, path, IsPresent: false)
            {
                Remedy = $"There is no model and no file '{reference}'.{Nearest.Hint(reference, names)} Known models: "
                    + $"{string.Join(", ", names)}; or give a file's path, hf:owner/repo/file.gguf, or an address.",
            };
    }

    private ResolvedModel Known(string reference, ModelEntry entry)
    {
        if (entry.Source is FileSource file)
        {
            var found = FindAbove(file.Path, AppContext.BaseDirectory, Directory.GetCurrentDirectory()); // the program's folder first
            return new ResolvedModel(reference, found ?? Path.GetFullPath(file.Path), found is not null)
            {
                Source = file,
                Entry = entry,
                Sha256 = entry.Sha256,
                Remedy = found is null
                    ? $"Model '{reference}' is the file {file.Path} of the CognitiveTools repository, "
                        + "which is neither beside the program nor above the current folder. "
                        + "Run inside a clone, or reference the package CognitiveTools.ReferenceModels."
                    : null,
            };
        }

        return Downloadable(reference, entry.Source, Path.Combine(Folder, entry.File), entry);
    }

    private static ResolvedModel Downloadable(string reference, ModelSource source, string path, ModelEntry? entry = null)
    {
        var length = new FileInfo(path) is { Exists: true } file ? file.Length : (long?)null;
        var present = length is not null && (entry?.Bytes is null || entry.Bytes == length);
        return new ResolvedModel(reference, path, present)
        {
            Source = source,
            Entry = entry,
            Sha256 = entry?.Sha256 ?? DownloadedHash(path),
            Remedy = present ? null
                : length is null ? $"Model '{reference}' is not downloaded. Run: cogtools models get {reference}"
                : $"{path} has {length} bytes, not the {entry!.Bytes} of model '{reference}'. "
                    + $"Fetch it again: cogtools models get {reference}",
        };
    }

    /// <summary>A file below the current folder, the program's, or one above them; <see langword="null"/> when it is not found.</summary>
    internal static string? FindInRepository(string path) => FindAbove(path, Directory.GetCurrentDirectory(), AppContext.BaseDirectory);

    private static string? FindAbove(string path, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                var candidate = Path.Combine(at.FullName, path);
                if (File.Exists(candidate))
                    return candidate;
            }
        }

        return null;
    }

    private static string? DownloadedHash(string path) =>
        File.Exists(path + HashEnding)
            && File.ReadAllText(path + HashEnding) is { Length: > 64 } text
            && text[..64].All(char.IsAsciiHexDigitLower)
            ? text[..64]
            : null;

    // Two addresses may end in the same file name.
    private static string ShortHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
