using System.Security.Cryptography;
using System.Text;
using CognitiveTools.Models.Discovery;
using CognitiveTools.Models.Names;
using CognitiveTools.Text;

namespace CognitiveTools.Models.Catalog;

/// <summary>
/// Finds the files of a reference without changes (<see cref="ModelChange"/>). Looks at names and lengths of files only, and never at
/// a network.
/// </summary>
internal sealed class ReferenceResolver(ModelStore store, OllamaStore ollama)
{
    private const string OllamaMark = "ollama:";
    private const int MostNamed = 5;

    private static readonly string[] HubHosts = ["hf.co/", "huggingface.co/"];

    /// <exception cref="FormatException">The reference is malformed.</exception>
    public ResolvedModel Resolve(string reference)
    {
        if (reference.StartsWith(HuggingFaceReference.Mark, StringComparison.Ordinal))
            return OnHub(reference, HuggingFaceReference.Parse(reference[HuggingFaceReference.Mark.Length..]));
        if (reference.StartsWith(OllamaMark, StringComparison.Ordinal))
            return InOllama(reference, reference[OllamaMark.Length..]);
        if (reference.Contains("://", StringComparison.Ordinal))
            return AtAddress(reference);
        return store.Catalog.Find(reference) is { } entry ? Known(reference, entry) : Local(reference);
    }

    private ResolvedModel OnHub(string reference, ModelSource source)
    {
        if (source is HuggingFaceChoice choice)
        {
            if (store.Choices.Find(choice) is { } chosen && OnHub(reference, chosen) is { IsPresent: true } present)
                return present;
            return new ResolvedModel(reference, store.FolderOf(choice.Repository, choice.Revision), IsPresent: false)
            {
                Source = choice,
                Remedy = NotDownloaded(reference),
            };
        }

        var file = (HuggingFaceSource)source;
        var folder = store.FolderOf(file.Repository, file.Revision);
        ModelFile[] files =
        [
            .. SplitFileName.FilesOf(file.File).Select(part =>
                Downloaded(Path.Combine(folder, Path.Combine(part.Split('/'))), file with { File = part })),
        ];
        var model = Downloadable(reference, files);
        return model.IsPresent || Path.GetExtension(file.File).Equals(".gguf", StringComparison.OrdinalIgnoreCase)
            ? model
            : model with
            {
                Remedy = $"'{reference}' names no GGUF file. Name one (hf:{file.Repository}/FILE.gguf), or let one be chosen "
                    + $"(hf:{file.Repository}).",
            };
    }

    private ResolvedModel AtAddress(string reference)
    {
        if (!Uri.TryCreate(reference, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")
            || !PlainName.Fits(Path.GetFileName(address.LocalPath)))
            throw new FormatException($"'{reference}' must be an http or https address of a file with a plain name.");
        if (HuggingFaceReference.OfPage(address) is { } named)
            throw new FormatException($"'{reference}' is a page of Hugging Face, not a file. Give {named}.");

        // The parts of a model lie beside each other at the server and in the store, which names the folder by the first part's address.
        var paths = SplitFileName.FilesOf(address.AbsolutePath);
        Uri[] parts = paths.Count == 1
            ? [address]
            : [.. paths.Select(path => new Uri(address.GetLeftPart(UriPartial.Authority) + path + address.Query))];
        var folder = Path.Combine(store.Folder, "url", ShortHash(parts is [_] ? reference : parts[0].AbsoluteUri));
        return Downloadable(
            reference,
            [.. parts.Select(part => Downloaded(Path.Combine(folder, Path.GetFileName(part.LocalPath)), new UrlSource(part)))]);
    }

    private ResolvedModel Known(string reference, ModelEntry entry)
    {
        if (entry.Source is not FileSource file)
            return Downloadable(reference, [new ModelFile(Path.Combine(store.Folder, entry.File), entry.Source, entry.Sha256)], entry);

        // The program's folder first.
        var found = RepositoryFiles.FindAbove(file.Path, AppContext.BaseDirectory, Directory.GetCurrentDirectory());
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

    private ResolvedModel InOllama(string reference, string name)
    {
        var (model, problem) = ollama.Find(name);
        return new ResolvedModel(reference, model?.Path ?? reference, model is not null)
        {
            Source = new OllamaSource(name),
            Sha256 = model?.Sha256,
            Change = new ModelChange { Lora = model?.Lora },
            Remedy = problem,
        };
    }

    private ResolvedModel Local(string reference)
    {
        var path = Path.GetFullPath(
            Path.Exists(reference) ? reference
            : UserFolder.Expand(reference, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)));
        if (Directory.Exists(path))
        {
            var (chosen, problem) = ModelFolder.Find(path);
            return chosen is not null
                ? LocalFile(reference, chosen)
                : new ResolvedModel(reference, path, IsPresent: false) { Remedy = problem };
        }

        return SplitFileName.FilesOf(path).Any(File.Exists)
            ? LocalFile(reference, path)
            : new ResolvedModel(reference, path, IsPresent: false) { Remedy = Unknown(reference) };
    }

    private static ResolvedModel LocalFile(string reference, string path)
    {
        var files = SplitFileName.FilesOf(path);
        var missing = files.Where(static file => !IsThere(file)).Select(Path.GetFileName).ToArray();
        return new ResolvedModel(reference, files[0], missing.Length == 0)
        {
            Source = new FileSource(reference),
            Files = [.. files.Select(static file => new ModelFile(file, new FileSource(file), null))],
            Remedy = missing.Length == 0 ? null
                : $"{path} is a part of a split model of {files.Count} files, and {missing.Length} of them are not in its folder: "
                    + $"{string.Join(", ", missing.Take(MostNamed))}{(missing.Length > MostNamed ? ", ..." : "")}. "
                    + "Put all parts into one folder.",
        };
    }

    // A link exists though its target is gone, as in a cache that was cleaned.
    private static bool IsThere(string path) =>
        File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is null or { Exists: true };

    private string Unknown(string reference)
    {
        var names = store.Catalog.Entries.Select(static known => known.Name).ToArray();
        var hint = HubHint(reference) is { Length: > 0 } onHub ? onHub : Nearest.Hint(reference, names);
        return $"There is no model and no file '{reference}'.{hint} Known models: {string.Join(", ", names)}; "
            + "or give the path of a file or folder, hf:owner/repo, hf:owner/repo:QUANT, hf:owner/repo/file.gguf, ollama:NAME, "
            + "or an address.";
    }

    // Other programs take such a name without hf:.
    private static string HubHint(string reference)
    {
        var name = HubHosts.Select(host => reference.StartsWith(host, StringComparison.Ordinal) ? reference[host.Length..] : null)
            .FirstOrDefault(static rest => rest is not null);
        var isNamed = name is not null || Quantization.Of(reference.Split(':')[^1]) is not null
            || reference.Contains("-GGUF", StringComparison.OrdinalIgnoreCase);
        return isNamed && HuggingFaceReference.TryParse(name ?? reference) is not null
            ? $" A model on Hugging Face is {HuggingFaceReference.Mark}{name ?? reference}."
            : "";
    }

    private static ResolvedModel Downloadable(string reference, ModelFile[] files, ModelEntry? entry = null)
    {
        var missing = files.Count(static file => !File.Exists(file.Path));
        var length = missing == 0 && entry?.Bytes is not null ? new FileInfo(files[0].Path).Length : entry?.Bytes;
        var present = missing == 0 && length == entry?.Bytes;
        return new ResolvedModel(reference, files[0].Path, present)
        {
            Source = files[0].Source,
            Entry = entry,
            Sha256 = files[0].Sha256,
            Files = files,
            Remedy = present ? null
                : missing == files.Length ? NotDownloaded(reference)
                : missing > 0 ? $"Model '{reference}' is incomplete: {missing} of its {files.Length} files are missing. "
                    + $"Run: cogtools models get {reference}"
                : $"{files[0].Path} has {length} bytes, not the {entry!.Bytes} of model '{reference}'. "
                    + $"Fetch it again: cogtools models get {reference}",
        };
    }

    private static string NotDownloaded(string reference) => $"Model '{reference}' is not downloaded. Run: cogtools models get {reference}";

    private static ModelFile Downloaded(string path, ModelSource source) => new(path, source, ModelStore.ReadHash(path));

    // Two addresses may end in the same file name.
    private static string ShortHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
