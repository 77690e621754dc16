using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Kernels;

/// <summary>RMSNorm, <c>y = w x / sqrt(mean(x^2) + e)</c>, forward and backward.</summary>
internal sealed class FusedNorm : autograd.SingleTensorFunction<FusedNorm>
{
    private const int Lanes = KernelMemory.Lanes;

    /// <inheritdoc/>
    public override string Name => nameof(FusedNorm);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight, epsilon) = (KernelMemory.Dense((Tensor)vars[0]), (Tensor)vars[1], (double)vars[2]);
        var width = (int)weight.numel();
        var rows = (int)(x.numel() / width);
        var y = empty_like(x);
        var scales = empty(rows);
        ReadOnlySpan<float> from = KernelMemory.Of(x), w = KernelMemory.Of(weight);
        Span<float> to = KernelMemory.Of(y), kept = KernelMemory.Of(scales);
        for (var r = 0; r < rows; r++)
        {
            var row = from.Slice(r * width, width);
            var target = to.Slice(r * width, width);
            var squares = Vector512<float>.Zero;
            for (var i = 0; i < width; i += Lanes)
            {
                var v = Vector512.Create(row[i..]);
                squares = Vector512.FusedMultiplyAdd(v, v, squares);
            }

            kept[r] = 1 / MathF.Sqrt(Vector512.Sum(squares) / width + (float)epsilon);
            var scale = Vector512.Create(kept[r]);
            for (var i = 0; i < width; i += Lanes)
                (Vector512.Create(row[i..]) * scale * Vector512.Create(w[i..])).CopyTo(target[i..]);
        }

        ctx.save_for_backward([x, weight, scales]);
        return y;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (x, weight, scales, gradient) = (saved[0], saved[1], saved[2], KernelMemory.Dense(grad_output));
        var width = (int)weight.numel();
        var rows = (int)(x.numel() / width);
        var (ofInput, ofWeight) = (empty_like(x), zeros(width));
        ReadOnlySpan<float> from = KernelMemory.Of(x), w = KernelMemory.Of(weight);
        ReadOnlySpan<float> g = KernelMemory.Of(gradient), kept = KernelMemory.Of(scales);
        Span<float> dx = KernelMemory.Of(ofInput), dw = KernelMemory.Of(ofWeight);
        for (var r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> row = from.Slice(r * width, width), above = g.Slice(r * width, width);
            var target = dx.Slice(r * width, width);
            var scale = Vector512.Create(kept[r]);
            var dot = Vector512<float>.Zero;
            for (var i = 0; i < width; i += Lanes)
            {
                var (up, normed) = (Vector512.Create(above[i..]), Vector512.Create(row[i..]) * scale);
                dot = Vector512.FusedMultiplyAdd(up * Vector512.Create(w[i..]), normed, dot);
                Vector512.FusedMultiplyAdd(up, normed, Vector512.Create<float>(dw[i..])).CopyTo(dw[i..]);
            }

            var mean = Vector512.Create(Vector512.Sum(dot) / width);
            for (var i = 0; i < width; i += Lanes)
            {
                var (up, normed) = (Vector512.Create(above[i..]) * Vector512.Create(w[i..]), Vector512.Create(row[i..]) * scale);
                ((up - normed * mean) * scale).CopyTo(target[i..]);
            }
        }

        return [ofInput, ofWeight, null!];
    }
}
