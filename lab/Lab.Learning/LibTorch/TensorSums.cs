using TorchSharp;

namespace CognitiveTools.Lab.Learning.LibTorch;

/// <summary>
/// Sums of tensors. TorchSharp's <c>a + b</c> makes a <see cref="Scalar"/> 1 that nothing holds (<see cref="Scalars"/>); on a busy machine
/// the collector freed it in the middle of the sum now and then, so what is summed often is summed here.
/// </summary>
internal static class TensorSums
{
    /// <summary>a + b</summary>
    public static torch.Tensor Plus(this torch.Tensor a, torch.Tensor b) => a.add(b, Scalars.Of(1));
}
