using TorchSharp;

namespace CognitiveTools.Lab.Learning.LibTorch;

/// <summary>
/// Sums of tensors. TorchSharp's <c>a + b</c>, <c>add</c> and <c>add_</c> make a <see cref="Scalar"/> 1 that nothing holds
/// (<see cref="Scalars"/>); on a busy machine the collector freed it in the middle of the sum now and then. BannedSymbols.txt forbids them.
/// A difference needs no such number.
/// </summary>
internal static class TensorSums
{
    /// <summary>a + b</summary>
    public static torch.Tensor Plus(this torch.Tensor a, torch.Tensor b) => a.add(b, Scalars.Of(1));

    /// <inheritdoc cref="Plus(torch.Tensor, torch.Tensor)"/>
    public static torch.Tensor Plus(this torch.Tensor a, Scalar b) => a.add(b, Scalars.Of(1));

    /// <summary>a += b, in place</summary>
    public static torch.Tensor Add(this torch.Tensor a, torch.Tensor b) => a.add_(b, Scalars.Of(1));

    /// <inheritdoc cref="Add(torch.Tensor, torch.Tensor)"/>
    public static torch.Tensor Add(this torch.Tensor a, Scalar b) => a.add_(b, Scalars.Of(1));
}
