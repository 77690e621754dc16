using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Bench.Architectures;

/// <summary>
/// Writes small models of any architecture with seeded random weights: real files that llama.cpp loads, for tests of everything but
/// the quality of answers. The same architecture, vocabulary and build of llama.cpp give the same bytes.
/// </summary>
internal static class ToyModels
{
    // Norms after a product, where a large weight would amplify rounding.
    private static readonly string[] LateNorms = ["post", "q_norm", "k_norm", "sub_norm"];

    /// <summary>Whether the loaded build of llama.cpp knows an architecture.</summary>
    public static bool IsKnown(ToyArchitecture toy)
    {
        NativeRuntime.Load(NativeLibraryLocator.Find());
        return !NativeRuntime.Build.MissingArchitectures.Contains(toy.Name, StringComparer.Ordinal);
    }

    /// <summary>The name of an architecture's file.</summary>
    public static string NameOf(ToyArchitecture toy) => $"{toy.FileName}.gguf";

    /// <summary>Writes a model.</summary>
    /// <param name="toy">The architecture.</param>
    /// <param name="vocabulary">A GGUF file whose vocabulary and chat template the model has.</param>
    /// <param name="folder">The folder; made when it is missing.</param>
    /// <returns>Path of the file.</returns>
    /// <exception cref="InvalidOperationException">llama.cpp refuses the hyperparameters; the message says why.</exception>
    public static string Write(ToyArchitecture toy, string vocabulary, string folder)
    {
        NativeRuntime.Load(NativeLibraryLocator.Find());
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, NameOf(toy));
        using var words = GgufFile.Open(vocabulary);
        var metadata = path + ".metadata";
        try
        {
            ToyMetadata.Write(toy, words).Write(metadata);
            var writer = ToyMetadata.Write(toy, words);
            foreach (var (name, extents) in NativeShapes.Of(metadata).Where(shape => !IsOmitted(toy, shape.Name)))
                writer.AddTensor(name, FormatOf(name), extents, Fill(toy, name, extents[0]));
            writer.Write(path);
            return path;
        }
        finally
        {
            File.Delete(metadata);
        }
    }

    private static bool IsOmitted(ToyArchitecture toy, string name) =>
        toy.Omits.Any(part => name.Contains(part, StringComparison.Ordinal));

    // The inputs per layer of each token are most of a small model with them.
    private static GgufTensorType FormatOf(string name) =>
        name == "per_layer_token_embd.weight" ? GgufTensorType.Q8_0 : GgufTensorType.F32;

    // Layers that add a part of what they are given, so that rounding is not amplified from one to the next.
    private static GgufRowSource Fill(ToyArchitecture toy, string name, long columns)
    {
        var random = SeededRandom.For(1, name);
        var isNorm = name.Contains("norm", StringComparison.Ordinal) && name.EndsWith(".weight", StringComparison.Ordinal);
        var isDecay = name.EndsWith("ssm_a", StringComparison.Ordinal); // it must be negative
        var isFactor = name.StartsWith("rope_f", StringComparison.Ordinal) || name.Contains("scale", StringComparison.Ordinal);
        var isBias = name.EndsWith(".bias", StringComparison.Ordinal);
        var mean = !isNorm ? 0
            : toy.ReusesEmbeddings && name == "output_norm.weight" ? 0.2
            : Array.Exists(LateNorms, norm => name.Contains(norm, StringComparison.Ordinal)) ? 0.1
            : 1;
        var gain = name == "token_embd.weight" ? 1 : name == "output.weight" ? 0.25 : 0.3;
        var isPerLayer = name == "per_layer_token_embd.weight"; // so that an embedding without its token's inputs is not taken for it
        var deviation = isPerLayer ? 0.1 : isNorm ? mean / 10 : isBias ? 0.02 : isDecay ? 1 : gain / Math.Sqrt(columns);
        return (_, row) =>
        {
            foreach (ref var value in row)
            {
                var drawn = (float)(mean + (deviation * SeededRandom.Normal(random)));
                value = isFactor ? 1 : isDecay ? -Math.Abs(drawn) : drawn;
            }
        };
    }
}
