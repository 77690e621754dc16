using System.Runtime.InteropServices;
using System.Text.Json;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Onnx.Models;

namespace CognitiveTools.Lab.Learning.Export;

/// <summary>
/// Writes a recurrent-depth model as <see cref="OnnxLatentModel"/> reads it: a folder with three graphs, the embeddings as plain floats,
/// the vocabulary and a manifest.
/// </summary>
internal static class RecurrentFolder
{
    private static readonly JsonSerializerOptions Indented = new(ManifestJson.Default.Options) { WriteIndented = true };

    /// <summary>Writes the folder and loads the model from it, so that what the engine would refuse is told here.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="trainedDepth">Mean applications of the core in training.</param>
    /// <param name="vocabulary">Path of the vocabulary.</param>
    /// <param name="folder">Where it goes; created when missing.</param>
    /// <returns>The manifest's path.</returns>
    /// <exception cref="InvalidDataException">The engine refuses what was written.</exception>
    public static string Write(RecurrentDecoder network, string name, int trainedDepth, string vocabulary, string folder)
    {
        Directory.CreateDirectory(folder);
        var shape = network.Shape;
        var manifest = new RecurrentManifest
        {
            Format = RecurrentManifest.KnownFormat,
            Name = name,
            Parameters = (int)network.Parameters.Count,
            Width = shape.Width,
            VocabularySize = shape.Vocabulary,
            Context = shape.Context,
            Heads = shape.Heads,
            PreludeBlocks = shape.Prelude,
            CoreBlocks = shape.Core,
            CodaBlocks = shape.Coda,
            Sigma = (float)shape.Sigma,
            TrainedDepth = trainedDepth,
            AnswerLead = MiniFormats.AnswerMark,
            Prelude = ManifestFile.Write(folder, "prelude.onnx", RecurrentGraph.Prelude(network)),
            Core = ManifestFile.Write(folder, "core.onnx", RecurrentGraph.Core(network)),
            Coda = ManifestFile.Write(folder, "coda.onnx", RecurrentGraph.Coda(network)),
            Embeddings = ManifestFile.Write(
                folder, "embeddings.f32", MemoryMarshal.AsBytes(WeightsFile.Floats(network.Embedding).AsSpan())),
            Vocabulary = ManifestFile.Write(folder, "vocab.txt", File.ReadAllBytes(vocabulary)),
        };
        var path = Path.Combine(folder, name + ".json");
        File.WriteAllText(path, JsonSerializer.Serialize(manifest, Indented) + "\n");
        OnnxLatentModel.Load(new OnnxModelOptions { Path = path, Provider = OnnxProvider.Cpu }).Dispose();
        return path;
    }
}
