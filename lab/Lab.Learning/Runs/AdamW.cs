using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// AdamW (Loshchilov and Hutter, arXiv 1711.05101) over parameter vectors, behind a clip of the gradients' common norm:
/// <c>w -= rate (decay w + (m / c1) / (sqrt(v / c2) + e))</c> with decay for matrices alone.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.98, Epsilon = 1e-8, LargestNorm = 1;

    private static readonly Scalar KeptFirst = Scalars.Of(Beta1), KeptSecond = Scalars.Of(Beta2), AddedFirst = Scalars.Of(1 - Beta1),
        AddedSecond = Scalars.Of(1 - Beta2), Least = Scalars.Of(Epsilon);

    private readonly double _decay;
    private readonly State[] _states;

    /// <summary>Creates an optimiser without a memory of earlier gradients.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="decay">Weight decay.</param>
    public AdamW(IEnumerable<ParameterVector> parameters, double decay)
    {
        _decay = decay;
        _states = [.. parameters.Select(static vector => new State(
            vector,
            zeros_like(vector.Values).DetachFromDisposeScope(),
            zeros_like(vector.Values).DetachFromDisposeScope(),
            zeros_like(vector.Values).DetachFromDisposeScope()))];
    }

    /// <summary>Steps made.</summary>
    public long Steps { get; set; }

    /// <summary>For each vector the means of gradients and of their squares.</summary>
    public IReadOnlyList<(Tensor First, Tensor Second)> Moments => [.. _states.Select(static state => (state.First, state.Second))];

    /// <summary>Makes a step with the gradients gathered, and clears them.</summary>
    public void Step(double rate)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Steps++;
        var norm = Math.Sqrt(_states.Sum(static state =>
        {
            var ofOne = (double)state.Vector.Gradients.norm().to(ScalarType.Float32).item<float>();
            return ofOne * ofOne;
        }));
        var (correction1, correction2) = (1 - Math.Pow(Beta1, Steps), 1 - Math.Pow(Beta2, Steps));
        using Scalar clip = (LargestNorm / (norm + 1e-6)).ToScalar(), shrink = (1 - rate * _decay).ToScalar();
        using Scalar root = Math.Sqrt(correction2).ToScalar(), move = (-rate / correction1).ToScalar();
        foreach (var (vector, first, second, scratch) in _states)
        {
            var gradients = vector.Gradients;
            if (norm > LargestNorm)
                gradients.mul_(clip);
            vector.Values.narrow(0, 0, vector.Decayed).mul_(shrink);
            first.mul_(KeptFirst).add_(gradients, alpha: AddedFirst);
            second.mul_(KeptSecond).addcmul_(gradients, gradients, AddedSecond);
            scratch.copy_(second).sqrt_().div_(root).Add(Least);
            vector.Values.addcdiv_(first, scratch, move);
            gradients.zero_();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, first, second, scratch) in _states)
        {
            first.Dispose();
            second.Dispose();
            scratch.Dispose();
        }
    }

    private sealed record State(ParameterVector Vector, Tensor First, Tensor Second, Tensor Scratch);
}
