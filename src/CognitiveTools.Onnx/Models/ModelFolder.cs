using System.Runtime.InteropServices;
using System.Text.Json;
using CognitiveTools.Text;

namespace CognitiveTools.Onnx.Models;

/// <summary>Reads and checks the files of a recurrent-depth model.</summary>
internal sealed class ModelFolder
{
    private ModelFolder(string path, RecurrentManifest manifest)
    {
        (Path, Manifest) = (path, manifest);
        Prelude = Read(manifest.Prelude);
        Core = Read(manifest.Core);
        Coda = Read(manifest.Coda);
        Embeddings = Floats(manifest);
        Vocabulary = Tokens(manifest);
    }

    /// <summary>The manifest's path.</summary>
    public string Path { get; }

    public RecurrentManifest Manifest { get; }

    public byte[] Prelude { get; }

    public byte[] Core { get; }

    public byte[] Coda { get; }

    public float[] Embeddings { get; }

    public GreedyVocabulary Vocabulary { get; }

    /// <summary>Opens a model by its manifest.</summary>
    /// <exception cref="FileNotFoundException">The manifest or a file it names is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or of another format; the message names it and the remedy.</exception>
    public static ModelFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        if (!System.IO.File.Exists(path))
            throw new FileNotFoundException(
                $"There is no recurrent-depth model '{path}'. Give the path of its manifest (NAME.json).", path);
        RecurrentManifest? manifest;
        var content = System.IO.File.ReadAllBytes(path);
        try
        {
            manifest = JsonSerializer.Deserialize(content, ManifestJson.Default.RecurrentManifest);
        }
        catch (JsonException broken)
        {
            throw JsonFault.Of(
                broken, content, path, "a manifest of a recurrent-depth model", "Export the model again with ./coglab export.");
        }

        if (manifest?.Format != RecurrentManifest.KnownFormat)
            throw new InvalidDataException(
                $"{path}: the format is '{manifest?.Format}', this version reads '{RecurrentManifest.KnownFormat}'. "
                + "Export the model again with ./coglab export.");
        Check(path, manifest);
        return new ModelFolder(path, manifest);
    }

    private static void Check(string path, RecurrentManifest manifest)
    {
        var sizes = new (string Name, int Value)[]
        {
            ("width", manifest.Width), ("vocabularySize", manifest.VocabularySize),
            ("context", manifest.Context), ("heads", manifest.Heads),
            ("preludeBlocks", manifest.PreludeBlocks), ("coreBlocks", manifest.CoreBlocks), ("codaBlocks", manifest.CodaBlocks),
            ("trainedDepth", manifest.TrainedDepth),
        };
        foreach (var (name, value) in sizes)
        {
            if (value < 1)
                throw new InvalidDataException($"{path}: {name} is {value}; it must be at least 1.");
        }

        if (manifest.Width % manifest.Heads != 0)
            throw new InvalidDataException($"{path}: width {manifest.Width} does not split into {manifest.Heads} heads.");
        if (!(manifest.Sigma >= 0 && float.IsFinite(manifest.Sigma)))
            throw new InvalidDataException($"{path}: sigma is {manifest.Sigma}; it must be 0 or more.");
    }

    private byte[] Read(ManifestFile file) => file.Read(Path);

    private float[] Floats(RecurrentManifest manifest)
    {
        var bytes = Read(manifest.Embeddings);
        var wanted = (long)manifest.VocabularySize * manifest.Width * sizeof(float);
        return bytes.Length == wanted
            ? MemoryMarshal.Cast<byte, float>(bytes).ToArray()
            : throw new InvalidDataException(
                $"{Path}: {manifest.Embeddings.File} has {bytes.Length} bytes, "
                + $"not the {wanted} of {manifest.VocabularySize} x {manifest.Width} floats. Export the model again.");
    }

    private GreedyVocabulary Tokens(RecurrentManifest manifest)
    {
        try
        {
            var vocabulary = GreedyVocabulary.Parse(System.Text.Encoding.UTF8.GetString(Read(manifest.Vocabulary)));
            return vocabulary.Count == manifest.VocabularySize
                ? vocabulary
                : throw new InvalidDataException(
                    $"{Path}: {manifest.Vocabulary.File} has {vocabulary.Count} tokens, the manifest says {manifest.VocabularySize}. "
                    + "Export the model again.");
        }
        catch (Exception broken) when (broken is FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{Path}: {manifest.Vocabulary.File} is not a vocabulary: {broken.Message}", broken);
        }
    }
}
