using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using CognitiveTools.Latents;

namespace CognitiveTools.Lab.Benchmarks;

/// <summary>
/// The check that a row of logits has usable numbers, which the engine makes once per sampled token and latent step, next to the copy of
/// the row that a latent step makes anyway.
/// </summary>
public class LogitsCheckBenchmarks
{
    private float[] _logits = [];

    /// <summary>Tokens of the vocabulary: of <c>mini</c>, TinyLlama and Qwen 2.5.</summary>
    [Params(1_466, 32_000, 151_936)]
    public int Vocabulary { get; set; }

    /// <summary>Draws a row.</summary>
    [GlobalSetup]
    public void Draw() => _logits = DrawnEmbeddings.Draw(Vocabulary, seed: 3);

    /// <summary>The check.</summary>
    [Benchmark]
    public string? Check_a_row() => InvalidPredictionException.ProblemOf(TensorPrimitives.Max(_logits), TensorPrimitives.Min(_logits));

    /// <summary>The copy.</summary>
    [Benchmark(Baseline = true)]
    public float[] Copy_a_row() => _logits.AsSpan().ToArray();
}
