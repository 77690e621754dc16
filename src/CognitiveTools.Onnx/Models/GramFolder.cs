using System.Runtime.InteropServices;
using System.Text.Json;
using CognitiveTools.Text;

namespace CognitiveTools.Onnx.Models;

/// <summary>Reads and checks the files of a GRAM.</summary>
internal sealed class GramFolder
{
    private const string Remedy = "Export the model again with ./coglab export.";

    private GramFolder(string path, GramManifest manifest)
    {
        (Path, Manifest) = (path, manifest);
        Step = manifest.Step.Read(path);
        var bytes = manifest.Start.Read(path);
        if (bytes.Length != 2 * manifest.Width * sizeof(float))
        {
            throw new InvalidDataException(
                $"{path}: {manifest.Start.File} has {bytes.Length} bytes, not those of 2 x {manifest.Width} floats. {Remedy}");
        }

        Start = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    /// <summary>The manifest's path.</summary>
    public string Path { get; }

    public GramManifest Manifest { get; }

    public byte[] Step { get; }

    /// <summary>The first high state of a cell, then the first low one.</summary>
    public float[] Start { get; }

    /// <summary>Whether a file is a manifest of such a model; of any other file the answer is no.</summary>
    public static bool Is(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("format", out var format)
                && format.ValueKind == JsonValueKind.String && format.GetString() == GramManifest.KnownFormat;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            return false; // whoever opens it says what is wrong
        }
    }

    /// <summary>Opens a model by its manifest.</summary>
    /// <exception cref="FileNotFoundException">The manifest or a file it names is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or of another format; the message names it and the remedy.</exception>
    public static GramFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no GRAM '{path}'. Give the path of its manifest (NAME.json).", path);
        var content = File.ReadAllBytes(path);
        try
        {
            var manifest = JsonSerializer.Deserialize(content, ManifestJson.Default.GramManifest);
            if (manifest is not { Format: GramManifest.KnownFormat, Puzzle: GramManifest.Queens })
            {
                throw new InvalidDataException(
                    $"{path}: the format is '{manifest?.Format}' of '{manifest?.Puzzle}', this version reads "
                    + $"'{GramManifest.KnownFormat}' of '{GramManifest.Queens}'. {Remedy}");
            }

            Check(path, manifest);
            return new GramFolder(path, manifest);
        }
        catch (JsonException broken)
        {
            throw JsonFault.Of(broken, content, path, "a manifest of a GRAM", Remedy);
        }
    }

    private static void Check(string path, GramManifest manifest)
    {
        var sizes = new (string Name, int Value, int Most)[]
        {
            ("side", manifest.Side, 9), ("width", manifest.Width, 65_536), ("inner", manifest.Inner, 1024),
            ("transitions", manifest.Transitions, 1024), ("trainedSteps", manifest.TrainedSteps, 65_536),
        };
        foreach (var (name, value, most) in sizes)
        {
            if (value < 1 || value > most)
                throw new InvalidDataException($"{path}: {name} is {value}; it must be 1 to {most}.");
        }

        if (!(manifest.StartSigma >= 0 && float.IsFinite(manifest.StartSigma)))
            throw new InvalidDataException($"{path}: startSigma is {manifest.StartSigma}; it must be 0 or more.");
    }
}
