using BenchmarkDotNet.Attributes;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Benchmarks;

/// <summary>One thought of each rule: vocabulary of 32,000, width 2048.</summary>
public class ThoughtRuleBenchmarks
{
    private readonly DrawnEmbeddings _embeddings = new();
    private readonly Prediction _prediction = new(DrawnEmbeddings.Draw(DrawnEmbeddings.Width, seed: 3), DrawnEmbeddings.DrawLogits());
    private readonly SoftMixture.State _soft;
    private readonly SoftMixture.State _gumbel;
    private readonly HiddenFeedback.State _norm = new(norm: 1, map: null);
    private readonly HiddenFeedback.State _ridge =
        new(norm: 1, new RidgeMap(DrawnEmbeddings.Width, DrawnEmbeddings.Draw(DrawnEmbeddings.Width * DrawnEmbeddings.Width, seed: 4)));
    private readonly double _logSum;

    /// <summary>Draws the matrices.</summary>
    public ThoughtRuleBenchmarks()
    {
        _soft = new(new(), _embeddings, SeededRandom.Of(5));
        _gumbel = new(new() { Noise = new GumbelNoise() }, _embeddings, SeededRandom.Of(6));
        _logSum = Softmax.Measure(_prediction.Logits.Span).LogSum;
    }

    /// <summary>Top-k 30, top-p 0.95, min-p 0.001, at most 10 rows mixed, cold stop.</summary>
    [Benchmark]
    public ThoughtInput Soft_mixture() => _soft.Next(_prediction);

    /// <summary>The same with Gumbel noise on the weights.</summary>
    [Benchmark]
    public ThoughtInput Soft_mixture_with_Gumbel_noise() => _gumbel.Next(_prediction);

    /// <summary>The unfiltered mixture of the switching rule, rows of negligible weight left out.</summary>
    [Benchmark]
    public float[] Mixture_of_the_whole_vocabulary() => Mixture.OfAll(_embeddings, _prediction.Logits.Span, _logSum);

    /// <summary>A hidden state rescaled to the rows' norm.</summary>
    [Benchmark]
    public ThoughtInput Norm_rescale() => _norm.Next(_prediction);

    /// <summary>A hidden state through the ridge map (2048 x 2048), then rescaled.</summary>
    [Benchmark]
    public ThoughtInput Ridge_map() => _ridge.Next(_prediction);
}
