using BenchmarkDotNet.Attributes;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latents;

namespace CognitiveTools.Lab.Benchmarks;

/// <summary>Reads of one prediction's logits: 32,000 of them.</summary>
public class SoftmaxBenchmarks
{
    private readonly float[] _logits = DrawnEmbeddings.DrawLogits();

    /// <summary>Entropy and normaliser.</summary>
    [Benchmark]
    public double Entropy() => Softmax.Measure(_logits).Entropy;

    /// <summary>The same at a temperature.</summary>
    [Benchmark]
    public double Entropy_at_a_temperature() => Softmax.Measure(_logits, temperature: 0.6f).Entropy;

    /// <summary>The most probable token.</summary>
    [Benchmark]
    public int Top() => Softmax.Top(_logits);

    /// <summary>The 30 most probable tokens in order.</summary>
    [Benchmark]
    public int[] Best_thirty() => Softmax.Best(_logits, 30);

    /// <summary>p(top 1) - p(top 2), as CoT-decoding takes it for every token.</summary>
    [Benchmark]
    public double Margin() => TokenMargin.Of(_logits);
}
