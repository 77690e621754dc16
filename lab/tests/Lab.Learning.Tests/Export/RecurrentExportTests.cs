using System.Text.Json;
using CognitiveTools.Depth;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Learning.Export;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Tests.Objectives;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Onnx.Models;
using CognitiveTools.Randomness;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Export;

public sealed class RecurrentExportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<string, string> Graphs => new(["recurrent-twin"], ["prelude", "core", "coda"]);

    /// <summary>Logits that the Python code computed which trained the model (recurrent.py, PyTorch 1.13, float32).</summary>
    [Fact]
    public void The_shipped_twin_gives_the_logits_that_it_gave_in_the_code_that_trained_it()
    {
        using var network = ShippedRecurrent.Load("recurrent-twin");
        var reference = Path.Combine(Repository.Root, "tests", "CognitiveTools.Onnx.Tests", "Reference", "twin.json");
        using var json = JsonDocument.Parse(File.ReadAllText(reference));
        var tokens = json.RootElement.GetProperty("tokens").Deserialize<int[]>()!;
        foreach (var depth in json.RootElement.GetProperty("logits").EnumerateObject())
        {
            var found = Logits(network, tokens, int.Parse(depth.Name, System.Globalization.CultureInfo.InvariantCulture));
            Assert.All(depth.Value.Deserialize<float[]>()!.Zip(found), static pair => Assert.Equal(pair.First, pair.Second, 5e-5f));
        }
    }

    [Theory]
    [MemberData(nameof(Graphs))]
    public void A_graph_of_the_twins_weights_computes_what_the_graph_of_PyTorch_does(string name, string part)
    {
        using var network = ShippedRecurrent.Load(name);
        using var written = new InferenceSession(part switch
        {
            "prelude" => RecurrentGraph.Prelude(network),
            "core" => RecurrentGraph.Core(network),
            _ => RecurrentGraph.Coda(network),
        });
        using var shipped = new InferenceSession(ShippedRecurrent.PathOf(name, part + ".onnx"));
        foreach (var (before, rows) in ((int, int)[])[(0, 7), (5, 3), (20, 1)])
        {
            var inputs = Inputs(shipped, before, rows);
            using var wanted = shipped.Run(inputs);
            using var found = written.Run(inputs);
            Assert.Equal(wanted.Select(static output => output.Name), found.Select(static output => output.Name));
            foreach (var (output, other) in wanted.Zip(found))
            {
                var (right, ours) = (output.AsTensor<float>(), other.AsTensor<float>());
                Assert.Equal(right.Dimensions.ToArray(), ours.Dimensions.ToArray());
                Assert.All(right.Zip(ours), static pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
            }
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(9, false)]
    [InlineData(2, true)]
    [InlineData(9, true)]
    public async Task An_exported_model_of_several_blocks_predicts_in_the_engine_what_it_predicts_here(int piece, bool unrolled)
    {
        var shape = new RecurrentShape(OperationsCorpus.Words.Count, 32, 4, 48, 64, Prelude: 2, Core: 3, Coda: 2, Sigma: 0);
        using var network = new RecurrentDecoder(shape with { Unrolled = unrolled }, new SeededRandom(4));
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("words.txt"), OperationsCorpus.Words.ToFile());
        var manifest = RecurrentFolder.Write(network, "small", 5, folder.File("words.txt"), folder.File("small"));
        using var model = OnnxLatentModel.Load(new OnnxModelOptions { Path = manifest });
        Assert.Equal(new FixedDepth(5), model.Depth);
        var tokens = OperationsCorpus.Words.Encode("3 +4 *2 +1 +1 *3 *2 mod 5");
        foreach (var depth in (int[])[1, 2, 5])
        {
            await using var sequence = model.Begin(new FixedDepth(depth));
            ReadOnlyMemory<float> logits = default;
            foreach (var part in tokens.Chunk(piece))
                logits = (await sequence.AppendAsync(part, Token)).Logits;
            Assert.All(Logits(network, tokens, depth).Zip(logits.ToArray()), static pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
        }
    }

    private static float[] Logits(RecurrentDecoder network, int[] tokens, int depth)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var bias = network.Bias(tokens.Length);
        var e = network.Prelude(tensor(Array.ConvertAll(tokens, static token => (long)token)).unsqueeze(0), bias);
        var state = zeros_like(e);
        for (var i = 0; i < depth; i++)
            state = network.Step(state, e, bias);
        return network.Logits(network.Hidden(state, bias)[0, -1]).data<float>().ToArray();
    }

    private static NamedOnnxValue[] Inputs(InferenceSession session, int before, int rows)
    {
        var random = new SeededRandom((ulong)(100 * before + rows));
        return [.. session.InputMetadata.Select(input =>
        {
            int[] extents = [.. input.Value.Dimensions];
            if (extents[0] < 0)
                extents[0] = input.Key == "past" ? before : rows;
            return input.Key == "positions"
                ? NamedOnnxValue.CreateFromTensor(input.Key, new DenseTensor<long>(
                    Enumerable.Range(before, rows).Select(static at => (long)at).ToArray(), extents))
                : NamedOnnxValue.CreateFromTensor(input.Key, new DenseTensor<float>(
                    Enumerable.Range(0, extents.Aggregate(1, static (product, extent) => product * extent))
                        .Select(_ => (float)SeededRandom.Normal(random)).ToArray(), extents));
        })];
    }
}
