using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Kernels;

/// <summary>
/// The rotary embedding of rows x positions x (q, k, v) x heads x head size: neighbouring elements of q and k are turned by the position's
/// angles, v stays. The gradient is turned back.
/// </summary>
internal sealed class FusedTurn : autograd.SingleTensorFunction<FusedTurn>
{
    private const int Lanes = KernelMemory.Lanes;

    private static readonly Vector512<int> Swapped = Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
    private static readonly Vector512<int> Even = Vector512.Create(0, 0, 2, 2, 4, 4, 6, 6, 8, 8, 10, 10, 12, 12, 14, 14);
    private static readonly Vector512<float> Signs = Vector512.Create(-1f, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1);

    /// <inheritdoc/>
    public override string Name => nameof(FusedTurn);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_for_backward([(Tensor)vars[1]]);
        return Turn((Tensor)vars[0], (Tensor)vars[1], Signs);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
        [Turn(grad_output, ctx.get_saved_variables()[0], -Signs), null!];

    private static Tensor Turn(Tensor qkv, Tensor turns, Vector512<float> signs)
    {
        qkv = KernelMemory.Dense(qkv);
        var turned = empty_like(qkv);
        var (rows, length, heads, size) = ((int)qkv.shape[0], (int)qkv.shape[1], (int)qkv.shape[3], (int)qkv.shape[4]);
        var width = heads * size;
        using var parts = view_as_real(turns);
        using var dense = parts.contiguous();
        ReadOnlySpan<float> from = KernelMemory.Of(qkv), angles = KernelMemory.Of(dense);
        var to = KernelMemory.Of(turned);
        var odd = Even + Vector512<int>.One;
        for (var r = 0; r < rows * length; r++)
        {
            var source = from.Slice(r * 3 * width, 3 * width);
            var target = to.Slice(r * 3 * width, 3 * width);
            var angle = angles.Slice(r % length * size, size);
            for (var i = 0; i < size; i += Lanes)
            {
                var pairs = Vector512.Create(angle[i..]);
                var (cos, sin) = (Vector512.Shuffle(pairs, Even), Vector512.Shuffle(pairs, odd) * signs);
                for (var head = 0; head < 2 * heads; head++)
                {
                    var v = Vector512.Create(source[(head * size + i)..]);
                    Vector512.FusedMultiplyAdd(v, cos, Vector512.Shuffle(v, Swapped) * sin).CopyTo(target[(head * size + i)..]);
                }
            }

            source[(2 * width)..].CopyTo(target[(2 * width)..]);
        }

        return turned;
    }
}
