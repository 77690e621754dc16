using CognitiveTools.Files;
using CognitiveTools.Models.Discovery;
using CognitiveTools.Models.Integrity;

namespace CognitiveTools.Models.Catalog;

/// <summary>The folder of downloaded models, and the resolution of references to models.</summary>
public sealed class ModelStore
{
    private const string HashEnding = ".sha256"; // of the file that holds a download's hash, when no catalog has it

    private readonly FileHashes _hashes;
    private readonly string? _folder;
    private readonly ReferenceResolver _resolver;

    /// <summary>Describes a store; nothing is read or written yet.</summary>
    /// <param name="catalog">Models known by name.</param>
    /// <param name="folder">The folder; <see langword="null"/> for <see cref="DefaultFolder"/>. Created when first written to.</param>
    public ModelStore(ModelCatalog catalog, string? folder = null)
        : this(catalog, folder, new FileHashes())
    {
    }

    internal ModelStore(ModelCatalog catalog, string? folder, FileHashes hashes, OllamaStore? ollama = null)
    {
        (Catalog, _folder, _hashes) = (catalog, folder is null ? null : Path.GetFullPath(folder), hashes);
        _resolver = new(this, ollama ?? OllamaStore.OfThisMachine());
        Choices = new(this);
    }

    /// <summary>The environment variable that names the store's folder.</summary>
    public const string FolderVariable = "COGTOOLS_MODELS";

    /// <summary>The folder. Only models that are downloaded need it.</summary>
    /// <exception cref="InvalidOperationException">No folder was given, and the system names no home folder.</exception>
    public string Folder => Path.GetFullPath(_folder ?? DefaultFolder());

    /// <summary>Models known by name.</summary>
    public ModelCatalog Catalog { get; }

    /// <summary>The files that references without a file stand for.</summary>
    internal ChosenFiles Choices { get; }

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
    internal string? ProblemOf(ResolvedModel model) =>
        model.Files.Select(file => ProblemOf(file, model)).FirstOrDefault(static problem => problem is not null);

    /// <summary>As <see cref="ProblemOf(ResolvedModel)"/>, for one file of the model.</summary>
    internal string? ProblemOf(ModelFile file, ResolvedModel model)
    {
        if (file.Sha256 is not { } expected || _hashes.Of(file.Path) is var actual && actual == expected)
            return null;
        var remedy = file.Source switch
        {
            FileSource own => $"Restore it (git checkout -- {own.Path}); a model of your own goes by its path: --model {file.Path}",
            OllamaSource ollama => $"Fetch it again: ollama pull {ollama.Name}",
            _ => $"Fetch it again: cogtools models get {model.Entry?.Name ?? model.Reference}",
        };
        return $"{file.Path} is not the file of '{model.Reference}': it has SHA-256 {actual}, and {expected} is expected. {remedy}";
    }

    /// <summary>The folder of a Hugging Face repository's files.</summary>
    internal string FolderOf(string repository, string revision) => Path.Combine(
        Folder, "hf",
        Path.Combine((revision == HuggingFaceReference.MainRevision ? repository : $"{repository}@{revision}").Split('/')));

    /// <summary>Records the hash of a downloaded file, so that a later change is detected.</summary>
    internal static void WriteHash(string path, string sha256) =>
        File.WriteAllText(path + HashEnding, $"{sha256}  {Path.GetFileName(path)}\n");

    /// <summary>Resolves a reference without reading the model's file and without network access.</summary>
    /// <param name="reference">
    /// A catalog name, <c>hf:owner/repo/file.gguf</c>, <c>hf:owner/repo</c> or <c>hf:owner/repo:QUANT</c> (the file is chosen at the
    /// download), <c>ollama:NAME</c> of Ollama's store on this machine, an http(s) address, or the path of a file or of a folder with one
    /// model; then the changes, for instance <c>+lora=FILE@SCALE</c> or <c>+set=KEY:VALUE</c>. A split model goes by any of its parts.
    /// </param>
    /// <exception cref="FormatException">An <c>hf:</c> or <c>ollama:</c> reference, an address or a change is malformed.</exception>
    public ResolvedModel Resolve(string reference)
    {
        var (file, change) = Split(reference);
        var model = _resolver.Resolve(file);
        change = (model.Entry?.Change ?? model.Change).And(change);
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

    /// <summary>As <see cref="Resolve"/>, without the changes.</summary>
    internal ResolvedModel ResolveFile(string reference) => _resolver.Resolve(Split(reference).Model);

    /// <summary>A file below the current folder, the program's, or one above them; <see langword="null"/> when it is not found.</summary>
    internal static string? FindInRepository(string path) =>
        RepositoryFiles.FindAbove(path, Directory.GetCurrentDirectory(), AppContext.BaseDirectory);

    // A file may have a name that looks like a change.
    private static (string Model, ModelChange Change) Split(string reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        var (file, change) = File.Exists(reference) ? (reference, ModelChange.None) : ModelChange.Split(reference);
        ArgumentException.ThrowIfNullOrWhiteSpace(file, nameof(reference));
        return (file, change);
    }

    /// <summary>The hash recorded at a file's download; <see langword="null"/> when there is no such record.</summary>
    internal static string? ReadHash(string path) =>
        File.Exists(path + HashEnding)
            && File.ReadAllText(path + HashEnding) is { Length: > 64 } text
            && text[..64].All(char.IsAsciiHexDigitLower)
            ? text[..64]
            : null;
}
