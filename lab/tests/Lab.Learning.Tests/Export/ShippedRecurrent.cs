using System.Runtime.InteropServices;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Learning.Export.Schema;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Export;

/// <summary>The shipped twin of the recurrent-depth model, whose graphs PyTorch 1.13 wrote.</summary>
internal static class ShippedRecurrent
{
    public static RunFile Run(string name) =>
        RunFile.Read(Path.Combine(Repository.Root, "models", "training", "runs", name + ".yaml"));

    public static string PathOf(string name, string file) => Path.Combine(Repository.Root, "models", name, file);

    /// <summary>A network with the weights that the graphs hold.</summary>
    public static RecurrentDecoder Load(string name)
    {
        var network = new RecurrentDecoder((RecurrentShape)Run(name).Network, new SeededRandom(1));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var embeddings = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(PathOf(name, "embeddings.f32"))).ToArray();
        network.Embedding.copy_(tensor(embeddings).view(network.Embedding.shape));
        Take(network, "prelude", ["prelude.0"]);
        Take(network, "core", ["adapter", "core.0"]);
        Take(network, "coda", ["coda.0"]);
        return network;

        // PyTorch names vectors by the parameter, and matrices, which it has transposed, by a number; their products are in the order of
        // the forward pass.
        void Take(RecurrentDecoder into, string part, string[] parameters)
        {
            var graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(PathOf(name, part + ".onnx"))).Graph;
            var held = graph.Initializer.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
            foreach (var vector in held.Values.Where(static tensor => tensor.Name.StartsWith("model.", StringComparison.Ordinal)))
            {
                if (vector.Dims.Count == 1)
                    into.Parameters[vector.Name["model.".Length..^".weight".Length]].copy_(Numbers(vector));
            }

            var matrices = graph.Node.Where(node => node.OpType == "MatMul" && held.ContainsKey(node.Input[1]))
                .Select(node => Numbers(held[node.Input[1]])).ToArray();
            string[] names = [.. parameters.SelectMany(static parameter => parameter == "adapter"
                ? (string[])[parameter]
                : [$"{parameter}.qkv", $"{parameter}.output", $"{parameter}.gate_up", $"{parameter}.down"])];
            Assert.Equal(names.Length, matrices.Length);
            foreach (var (matrix, parameter) in matrices.Zip(names))
                into.Parameters[parameter].copy_(matrix.t());
        }
    }

    private static Tensor Numbers(TensorProto held) =>
        tensor(MemoryMarshal.Cast<byte, float>(held.RawData.Span).ToArray()).view([.. held.Dims]);
}
