using System.Security.Cryptography;
using System.Text;
using CognitiveTools.Files;

namespace CognitiveTools.Llama.Catalog;

/// <summary>The folder that downloaded models are in, and the meaning of references to models.</summary>
/// <param name="catalog">Models known by name.</param>
/// <param name="folder">The folder; <see langword="null"/> for <see cref="DefaultFolder"/>. Created when first written to.</param>
public sealed class ModelStore(ModelCatalog catalog, string? folder = null)
{
    /// <summary>Names the store's folder.</summary>
    public const string FolderVariable = "COGNITIVETOOLS_MODELS";

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder ?? DefaultFolder());

    /// <summary>Models known by name.</summary>
    public ModelCatalog Catalog { get; } = catalog;

    /// <summary>
    /// The environment's <c>COGNITIVETOOLS_MODELS</c>; else <c>models</c> in <see cref="CacheFolder"/>.
    /// </summary>
    public static string DefaultFolder() => Variable(FolderVariable) ?? CacheFolder.Of("models");

    /// <summary>Says what a reference means. Uses no network.</summary>
    /// <param name="reference">A catalog name, <c>hf:owner/repo/file.gguf</c>, an http(s) address, or a file's path; behind it
    /// what is changed, as <see cref="ModelChange.Split"/> reads it.</param>
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
            Remedy = model.Remedy ?? (isMissing ? $"There is no LoRA adapter '{change.Lora}' in the current folder or above it. Correct the path." : null),
        };
    }

    private ResolvedModel ResolveFile(string reference)
    {
        if (reference.StartsWith("hf:", StringComparison.Ordinal))
        {
            var source = HuggingFaceSource.Parse(reference[3..]);
            var revision = source.Revision == "main" ? "" : "@" + source.Revision;
            return Downloadable(reference, source, Path.Combine(Folder, "hf", Path.Combine((source.Repository + revision).Split('/')), Path.Combine(source.File.Split('/'))));
        }

        if (reference.Contains("://", StringComparison.Ordinal))
        {
            if (!Uri.TryCreate(reference, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || Path.GetFileName(address.LocalPath).Length == 0)
                throw new FormatException($"'{reference}' must be an http or https address of a file.");
            return Downloadable(reference, new UrlSource(address), Path.Combine(Folder, "url", ShortHash(reference), Path.GetFileName(address.LocalPath)));
        }

        if (Catalog.Find(reference) is { } entry)
            return Known(reference, entry);

        var path = Path.GetFullPath(reference);
        return File.Exists(path)
            ? new ResolvedModel(reference, path, IsPresent: true) { Source = new FileSource(reference) }
            : new ResolvedModel(reference, path, IsPresent: false)
            {
                Remedy = $"There is no model and no file '{reference}'. Known models: {string.Join(", ", Catalog.Entries.Select(known => known.Name))}; or give a file's path, hf:owner/repo/file.gguf, or an address.",
            };
    }

    private ResolvedModel Known(string reference, ModelEntry entry)
    {
        if (entry.Source is FileSource file)
        {
            var found = FindInRepository(file.Path);
            return new ResolvedModel(reference, found ?? Path.GetFullPath(file.Path), found is not null)
            {
                Source = file,
                Entry = entry,
                Remedy = found is null ? $"Model '{reference}' is the file {file.Path} of the CognitiveTools repository, which is not above the current folder. Run inside a clone." : null,
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
            Remedy = present ? null
                : length is null ? $"Model '{reference}' is not downloaded. Run: cogtools models get {reference}"
                : $"{path} has {length} bytes, not the {entry!.Bytes} of model '{reference}'. Delete it, then run: cogtools models get {reference}",
        };
    }

    /// <summary>A file below the current folder, the program's, or one above them; <see langword="null"/> when there is none.</summary>
    internal static string? FindInRepository(string path)
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
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

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    // Two addresses may end in the same file name.
    private static string ShortHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
