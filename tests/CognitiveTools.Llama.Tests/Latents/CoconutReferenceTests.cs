using System.Text.Json;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Models;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Latents;

/// <summary>
/// Coconut's inference here against the Python code that trained the model: the same weights, the same hundred problems, and answers and
/// logits that it computed once, in PyTorch 1.13 and float32 (<c>git show e49f8021:models/training/coconut_reference.py</c>).
/// </summary>
public sealed class CoconutReferenceTests(ITestOutputHelper output)
{
    private const int Thoughts = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "mini-coconut.gguf");

    // float32 weights on both sides: the engine's key-value cache has half precision, and sums run in another order.
    // Q8_0: llama.cpp rounds the activations to eight bits as well, so a close decision may fall otherwise.
    [Theory]
    [InlineData(nameof(GgufTensorType.F32), 0.02f, 0.05, 100)]
    [InlineData(nameof(GgufTensorType.Q8_0), 0.3f, 0.3, 97)]
    public async Task Prompts_thoughts_logits_and_answers_are_those_of_the_training_code(
        string type, float tolerance, double normTolerance, int sameAnswers)
    {
        using var folder = new TemporaryFolder();
        var path = type == nameof(GgufTensorType.F32) ? Unpacked(folder.File("f32.gguf")) : Shipped;
        using var loaded = LlamaModel.Load(new() { Path = path });
        await using var engine = new LlamaEngine(loaded, new() { Threads = 1 });
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);
        var reasoner = new LatentReasoner(model, new HiddenFeedback(Alignment.Identity), new()
        {
            Prompt = Prompt,
            Steps = Thoughts,
            BeginTokens = [model.Tokenizer.Find("<|start-latent|>")!.Value],
            EndTokens = [model.Tokenizer.Find("<|end-latent|>")!.Value],
        });

        var (difference, normDifference, same, problems) = (0f, 0.0, 0, 0);
        foreach (var expected in Load())
        {
            var question = new Question($"{problems++}", expected.Question);
            Assert.Equal(expected.Prompt, model.Tokenizer.EncodeChat(Prompt(question)));

            var reasoning = await reasoner.SolveAsync(question, new() { Budget = new() { TokensPerTurn = 24 } }, Token);

            same += loaded.Tokenizer.Decode(expected.Answer) == reasoning.Answer ? 1 : 0;
            foreach (var (norm, thought) in expected.Norms.Zip(reasoning.Steps.OfType<Thought>()))
                normDifference = Math.Max(normDifference, Math.Abs(norm - thought.Norm));
            difference = Math.Max(difference, await DifferenceAsync(model, expected));
        }

        output.WriteLine(
            $"{type}: {same} of {problems} answers the same, largest difference of a logit {difference:0.00000}, "
            + $"of a thought's norm {normDifference:0.00000}");
        Assert.Equal(100, problems);
        Assert.InRange(same, sameAnswers, 100);
        Assert.InRange(difference, 0, tolerance);
        Assert.InRange(normDifference, 0, normTolerance);
    }

    private static IReadOnlyList<ChatMessage> Prompt(Question question) =>
        [new(ChatRole.System, "latent"), new(ChatRole.User, question.Text)];

    // The prediction after the end marker, from which the first token of the answer is sampled.
    private static async Task<float> DifferenceAsync(LlamaLatentModel model, Expected expected)
    {
        await using var sequence = model.Begin();
        var prediction = await sequence.AppendAsync((int[])[.. expected.Prompt, model.Tokenizer.Find("<|start-latent|>")!.Value], Token);
        for (var i = 0; i < Thoughts; i++)
            prediction = await sequence.AppendAsync(prediction.Hidden, Token);
        prediction = await sequence.AppendAsync((int[])[model.Tokenizer.Find("<|end-latent|>")!.Value], Token);
        return expected.Logits.Max(logit => Math.Abs(logit.Value - prediction.Logits.Span[int.Parse(logit.Key)]));
    }

    /// <summary>Writes the shipped model with its matrices as the floats that their eight bits stand for.</summary>
    private static string Unpacked(string path)
    {
        using var shipped = GgufFile.Open(Shipped);
        var writer = new GgufWriter();
        foreach (var key in shipped.Metadata.Keys)
        {
            if (shipped.Metadata.TryGetValue(key, out var value))
                writer.Add(key, value);
        }

        foreach (var tensor in shipped.Tensors)
        {
            writer.AddTensor(tensor.Name, GgufTensorType.F32, tensor.Dimensions, (row, into) =>
            {
                using var rows = shipped.OpenTensor(tensor.Name);
                rows.ReadRow(row, into);
            });
        }

        writer.Write(path);
        return path;
    }

    private static Expected[] Load()
    {
        using var stream = typeof(CoconutReferenceTests).Assembly.GetManifestResourceStream("coconut-reference.json")!;
        return JsonSerializer.Deserialize<Expected[]>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record Expected(string Question, int[] Prompt, double[] Norms, int[] Answer, Dictionary<string, float> Logits);
}
