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
    /// <summary>Parses <c>owner/repo/file</c> or <c>owner/repo@revision/file</c>.</summary>
    /// <exception cref="FormatException">The text has another form; the message says which is expected.</exception>
    public static HuggingFaceSource Parse(string text)
    {
        var parts = text.Split('/');
        var repository = parts.Length > 1 ? parts[1].Split('@') : [];
        if (parts.Length < 3 || repository.Length > 2 || !repository.Concat(parts).All(PlainName.Fits))
            throw new FormatException($"'hf:{text}' must be hf:owner/repo/file.gguf or hf:owner/repo@revision/file.gguf, of plain names.");
        return new HuggingFaceSource(
            $"{parts[0]}/{repository[0]}", repository.Length == 2 ? repository[1] : "main", string.Join('/', parts[2..]));
    }
}

/// <summary>A file at a plain address.</summary>
/// <param name="Address">An http or https address.</param>
internal sealed record UrlSource(Uri Address) : ModelSource;

/// <summary>A file of this repository, or any local file.</summary>
/// <param name="Path">Relative to the repository's root, or as the caller gave it.</param>
internal sealed record FileSource(string Path) : ModelSource;
