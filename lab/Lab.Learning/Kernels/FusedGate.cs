using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Kernels;

/// <summary>SwiGLU of rows that hold gate and input side by side: <c>y = g sigmoid(g) u</c>, forward and backward.</summary>
internal sealed class FusedGate : autograd.SingleTensorFunction<FusedGate>
{
    private const int Lanes = KernelMemory.Lanes;

    /// <inheritdoc/>
    public override string Name => nameof(FusedGate);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var both = KernelMemory.Dense((Tensor)vars[0]);
        var hidden = (int)(both.shape[^1] / 2);
        var rows = (int)(both.numel() / (2 * hidden));
        var y = empty([.. both.shape[..^1], hidden]);
        ReadOnlySpan<float> from = KernelMemory.Of(both);
        var to = KernelMemory.Of(y);
        for (var r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> gate = from.Slice(2 * r * hidden, hidden), input = from.Slice((2 * r + 1) * hidden, hidden);
            var target = to.Slice(r * hidden, hidden);
            for (var i = 0; i < hidden; i += Lanes)
            {
                var g = Vector512.Create(gate[i..]);
                (g * Sigmoid(g) * Vector512.Create(input[i..])).CopyTo(target[i..]);
            }
        }

        ctx.save_for_backward([both]);
        return y;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var (both, gradient) = (ctx.get_saved_variables()[0], KernelMemory.Dense(grad_output));
        var hidden = (int)(both.shape[^1] / 2);
        var rows = (int)(both.numel() / (2 * hidden));
        var below = empty_like(both);
        ReadOnlySpan<float> from = KernelMemory.Of(both), above = KernelMemory.Of(gradient);
        var to = KernelMemory.Of(below);
        for (var r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> gate = from.Slice(2 * r * hidden, hidden), input = from.Slice((2 * r + 1) * hidden, hidden);
            var row = above.Slice(r * hidden, hidden);
            Span<float> ofGate = to.Slice(2 * r * hidden, hidden), ofInput = to.Slice((2 * r + 1) * hidden, hidden);
            for (var i = 0; i < hidden; i += Lanes)
            {
                var (g, up) = (Vector512.Create(gate[i..]), Vector512.Create(row[i..]));
                var sigmoid = Sigmoid(g);
                var silu = g * sigmoid;
                (up * silu).CopyTo(ofInput[i..]);
                (up * Vector512.Create(input[i..]) * (sigmoid + silu * (Vector512<float>.One - sigmoid))).CopyTo(ofGate[i..]);
            }
        }

        return [below];
    }

    private static Vector512<float> Sigmoid(Vector512<float> v) => Vector512<float>.One / (Vector512<float>.One + Vector512.Exp(-v));
}
