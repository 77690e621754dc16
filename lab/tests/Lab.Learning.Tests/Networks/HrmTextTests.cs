using System.Text.Json;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Lab.Training.Packing;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Networks;

public sealed class HrmTextTests
{
    private static readonly string Models = Path.Combine(Repository.Root, "models");
    private static readonly RunFile Run = RunFile.Read(Path.Combine(Models, "training", "runs", "hrm.yaml"));

    /// <summary>
    /// The logits of the five digits behind forty questions at four depths, as the Python code computed them that trained the model
    /// (hrm.py, PyTorch 1.13, float32, from the weights of the GGUF file).
    /// </summary>
    [Fact]
    public void The_shipped_weights_give_the_logits_that_they_gave_in_the_code_that_trained_them()
    {
        using var network = Shipped();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var digits = Enumerable.Range(0, 5).Select(digit => Run.Words.Encode($"{digit}")[0]).ToArray();
        var reference = Path.Combine(Repository.Root, "tests", "CognitiveTools.Llama.Tests", "Models", "hrm-reference.json");
        var solved = JsonSerializer.Deserialize<Solved[]>(File.ReadAllText(reference), JsonSerializerOptions.Web)!;
        Assert.Equal(40, solved.Length);
        foreach (var (prompt, logits) in solved)
        {
            var ids = tensor(Array.ConvertAll(prompt, static token => (long)token)).unsqueeze(0);
            foreach (var (depth, wanted) in logits)
            {
                var cycles = Array.ConvertAll(depth.Split(','), int.Parse);
                var found = network.Logits(network.Forward(ids, cycles[0], cycles[1])[0, -1]).data<float>().ToArray();
                Assert.All(digits.Zip(wanted), pair => Assert.Equal(pair.Second, found[pair.First], 2e-3f));
            }
        }
    }

    [Fact]
    public void Weights_that_are_packed_are_the_weights_of_the_network()
    {
        using var network = Shipped();
        using var folder = new TemporaryFolder();
        new RunFolder(folder.Path, Run).SaveWeights(network);

        LlamaPacker.Pack(new LlamaPackOptions
        {
            Weights = folder.File("hrm.safetensors"),
            Config = folder.File("hrm.json"),
            Vocabulary = Run.Vocabulary,
            Output = folder.File("hrm.gguf"),
            Name = "hrm",
            Type = GgufTensorType.F16,
        });

        Assert.Equal(File.ReadAllBytes(Path.Combine(Models, "hrm.gguf")), File.ReadAllBytes(folder.File("hrm.gguf")));
    }

    private static HrmText Shipped()
    {
        var network = new HrmText((HrmShape)Run.Network, new SeededRandom(1));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var file = GgufFile.Open(Path.Combine(Models, "hrm.gguf"));
        foreach (var (name, value) in network.Weights)
        {
            using var reader = file.OpenTensor(name);
            var values = new float[value.numel()];
            var length = (int)reader.Tensor.RowLength;
            for (var row = 0; row < reader.Tensor.RowCount; row++)
                reader.ReadRow(row, values.AsSpan(row * length, length));
            value.copy_(tensor(values).view(value.shape));
        }

        return network;
    }

    private sealed record Solved(int[] Prompt, Dictionary<string, float[]> Logits);
}
