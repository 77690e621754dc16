using System.Globalization;
using System.Text.Json;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.TestModels;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Models;

/// <summary>
/// The shipped HRM-Text model against the Python code that trained it, at several depths: logits that it computed once, in PyTorch 1.13 and
/// float32, from the weights of the GGUF file (<c>git show e49f8021:models/training/hrm_reference.py</c>).
/// </summary>
public sealed class TrainedHrmTests(ITestOutputHelper output)
{
    // llama.cpp's key-value cache has half precision, and errors grow with the passes.
    private const float Tolerance = 0.05f;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 2)]
    [InlineData(8, 2)]
    public async Task Prompts_and_logits_are_those_of_the_training_code(int high, int low)
    {
        TestModels.RequireArchitecture("hrm_text");
        using var model = LlamaModel.Load(
            TinyHrmModel.AtDepth(Path.Combine(AppContext.BaseDirectory, "hrm.gguf"), layersPerStack: 1, high, low));
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        var digits = Enumerable
            .Range(0, 5)
            .Select(d => Assert.Single(model.Tokenizer.Encode(d.ToString(CultureInfo.InvariantCulture))))
            .ToArray();

        var (largest, problems) = (0f, 0);
        foreach (var expected in Load())
        {
            int[] prompt =
            [
                .. model.Tokenizer.EncodeChat([new(ChatRole.System, "direct"), new(ChatRole.User, expected.Question)]),
                .. model.Tokenizer.Encode("ANSWER: "),
            ];
            Assert.Equal(expected.Prompt, prompt);
            using var sequence = engine.Begin();
            var logits = (await sequence.AppendAsync(expected.Prompt, Token)).Logits;
            foreach (var (digit, logit) in digits.Zip(expected.Logits[$"{high},{low}"]))
                largest = Math.Max(largest, Math.Abs(logits.Span[digit] - logit));
            problems++;
        }

        output.WriteLine($"{high} high cycles of {low}: largest difference of a logit {largest:0.0000} over {problems} problems");
        Assert.Equal(40, problems);
        Assert.InRange(largest, 0, Tolerance);
    }

    private static List<Solved> Load()
    {
        using var stream = typeof(TrainedHrmTests).Assembly.GetManifestResourceStream("hrm-reference.json")!;
        return JsonSerializer.Deserialize<List<Solved>>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record Solved(string Question, int[] Prompt, Dictionary<string, float[]> Logits);
}
