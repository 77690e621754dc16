using System.Runtime.InteropServices;
using System.Text.Json;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Onnx.Models;
using CognitiveTools.Onnx.Recursion;

namespace CognitiveTools.Lab.Learning.Export;

/// <summary>
/// Writes a <see cref="Gram"/> as <see cref="OnnxRecursiveModel"/> reads it: a folder with the graph of a step, the first state as plain
/// floats, and a manifest.
/// </summary>
internal static class GramFolder
{
    private static readonly JsonSerializerOptions Indented = new(ManifestJson.Default.Options) { WriteIndented = true };

    /// <summary>Writes the folder and loads the model from it, so that what the engine would refuse is told here.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="steps">Steps of supervision in training.</param>
    /// <param name="folder">Where it goes; created when missing.</param>
    /// <returns>The manifest's path.</returns>
    /// <exception cref="InvalidDataException">The engine refuses what was written.</exception>
    public static string Write(Gram network, string name, int steps, string folder)
    {
        Directory.CreateDirectory(folder);
        var shape = network.Shape;
        var start = WeightsFile.Floats(network.Parameters["high.start"]).Concat(WeightsFile.Floats(network.Parameters["low.start"]));
        var manifest = new GramManifest
        {
            Format = GramManifest.KnownFormat,
            Name = name,
            Parameters = (int)network.Parameters.Count,
            Puzzle = GramManifest.Queens,
            Side = shape.Side,
            Width = shape.Width,
            Inner = shape.Inner,
            Transitions = shape.Transitions,
            TrainedSteps = steps,
            IsNoisy = shape.IsNoisy,
            StartSigma = shape.Noise == GramNoise.Start ? (float)shape.Sigma : 0,
            Step = ManifestFile.Write(folder, "step.onnx", GramGraph.Step(network)),
            Start = ManifestFile.Write(folder, "start.f32", MemoryMarshal.AsBytes(start.ToArray().AsSpan())),
        };
        var path = Path.Combine(folder, name + ".json");
        File.WriteAllText(path, JsonSerializer.Serialize(manifest, Indented) + "\n");
        OnnxRecursiveModel.Load(new OnnxModelOptions { Path = path, Provider = OnnxProvider.Cpu }).Dispose();
        return path;
    }
}
