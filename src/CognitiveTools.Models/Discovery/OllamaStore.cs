using System.Text.Json;
using CognitiveTools.Models.Names;
using CognitiveTools.Text;

namespace CognitiveTools.Models.Discovery;

/// <summary>
/// Looks models up that Ollama has on this machine: <c>manifests/HOST/OWNER/NAME/TAG</c> names the files in <c>blobs/</c>. Reads these
/// files only; Ollama need not run, and nothing is downloaded.
/// </summary>
/// <param name="folders">Folders that hold <c>manifests</c> and <c>blobs</c>; the first with the model wins.</param>
internal sealed class OllamaStore(IReadOnlyList<string> folders)
{
    /// <summary>Ollama's own variable for its folder of models.</summary>
    public const string FolderVariable = "OLLAMA_MODELS";

    private const string Host = "registry.ollama.ai", Owner = "library", Tag = "latest";
    private const string Kind = "application/vnd.ollama.image.";
    private const string DigestStart = "sha256:";
    private const int HashDigits = 64;

    /// <summary>
    /// The store of this machine: the folder that <c>OLLAMA_MODELS</c> names, else <c>.ollama/models</c> of the user, then on Linux that of
    /// Ollama's service.
    /// </summary>
    public static OllamaStore OfThisMachine()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
            return new([named]);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] usual = home.Length == 0 ? [] : [Path.Combine(home, ".ollama", "models")];
        return new(OperatingSystem.IsLinux() ? [.. usual, "/usr/share/ollama/.ollama/models"] : usual);
    }

    /// <summary>The model of a name, or why there is none.</summary>
    /// <param name="name"><c>NAME</c>, <c>NAME:TAG</c>, or with an owner and a host before it, as <c>ollama list</c> prints it.</param>
    /// <exception cref="FormatException">The name has another form.</exception>
    public (OllamaModel? Model, string? Problem) Find(string name)
    {
        var wanted = FullName(name);
        var installed = folders.SelectMany(Manifests).ToArray();
        var found = Array.Find(installed, model => model.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        if (found.File is not null)
            return Read(found.Folder, found.File, name);
        string[] names =
            [.. installed.Select(static model => Short(model.Name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var there = names.Length == 0 ? "It has no models" : $"It has: {string.Join(", ", names)}";
        return (null, $"Ollama's store has no model '{name}'.{Nearest.Hint(Short(wanted), names)} {there} (searched: "
            + $"{string.Join(", ", folders)}; {FolderVariable} names another folder). Fetch it with: ollama pull {name}");
    }

    private static (OllamaModel? Model, string? Problem) Read(string folder, string file, string name)
    {
        OllamaManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(File.ReadAllBytes(file), OllamaJson.Default.OllamaManifest);
        }
        catch (JsonException error)
        {
            return (null, $"Ollama's manifest {file} is damaged: {error.Message} Repair it with: ollama pull {name}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, $"Ollama's manifest {file} cannot be read: {error.Message}");
        }

        var layers = manifest?.Layers ?? [];
        var models = Blobs("model");
        var adapters = Blobs("adapter");
        if (models.Length != 1 || adapters.Length > 1)
        {
            var kinds = string.Join(", ", layers.Select(static layer => layer?.MediaType ?? "?"));
            return (null, models.Length == 0
                ? $"Ollama's model '{name}' has no GGUF file on this machine ({(kinds.Length == 0 ? "no files" : kinds)}): models of "
                    + "Ollama's cloud have none, and some are stored in another format. Give another model."
                : $"Ollama's model '{name}' has {models.Length} GGUF files and {adapters.Length} adapters ({kinds}); "
                    + "one file and at most one adapter can be used. Give another model.");
        }

        if (models.Concat(adapters).FirstOrDefault(static blob => blob.Hash is null) is { File: not null } odd)
        {
            return (null, $"Ollama's manifest {file} has the digest '{TerminalText.Excerpt(odd.File)}', which is not SHA-256. "
                + $"Repair it with: ollama pull {name}");
        }

        if (models.Concat(adapters).FirstOrDefault(static blob => !File.Exists(blob.File)) is { File: not null } missing)
            return (null, $"Ollama's model '{name}' is incomplete: {missing.File} is missing. Fetch it again with: ollama pull {name}");
        return (new OllamaModel(models[0].File, models[0].Hash!, adapters is [var adapter] ? adapter.File : null), null);

        (string File, string? Hash)[] Blobs(string kind) => [.. layers.Where(layer => layer?.MediaType == Kind + kind)
            .Select(layer => HashOf(layer.Digest) is { } hash
                ? (Path.Combine(folder, "blobs", "sha256-" + hash), hash)
                : (layer.Digest ?? "", (string?)null))];
    }

    private static string? HashOf(string? digest) =>
        digest is not null && digest.StartsWith(DigestStart, StringComparison.Ordinal) && digest.Length == DigestStart.Length + HashDigits
            && digest[DigestStart.Length..].All(char.IsAsciiHexDigitLower)
            ? digest[DigestStart.Length..]
            : null;

    private static IEnumerable<(string Name, string Folder, string File)> Manifests(string folder)
    {
        var root = Path.Combine(folder, "manifests");
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4, IgnoreInaccessible = true };
        if (!Directory.Exists(root))
            yield break;
        foreach (var file in Directory.EnumerateFiles(root, "*", options))
        {
            if (Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar) is [var host, var owner, var name, var tag])
                yield return ($"{host}/{owner}/{name}:{tag}", folder, file);
        }
    }

    private static string FullName(string name)
    {
        var parts = name.Split('/');
        var last = parts[^1].Split(':');
        string[] all = [.. parts[..^1], .. last];
        if (parts.Length > 3 || last.Length > 2 || !all.All(PlainName.Fits))
            throw new FormatException($"'ollama:{name}' must be ollama:NAME or ollama:NAME:TAG, as `ollama list` prints it.");
        var (model, tag) = (last[0], last.Length == 2 ? last[1] : Tag);
        return parts.Length switch
        {
            1 => $"{Host}/{Owner}/{model}:{tag}",
            2 => $"{Host}/{parts[0]}/{model}:{tag}",
            _ => $"{parts[0]}/{parts[1]}/{model}:{tag}",
        };
    }

    // As Ollama prints it.
    private static string Short(string name)
    {
        const string Official = $"{Host}/{Owner}/", Public = $"{Host}/";
        return name.StartsWith(Official, StringComparison.Ordinal) ? name[Official.Length..]
            : name.StartsWith(Public, StringComparison.Ordinal) ? name[Public.Length..]
            : name;
    }
}
