using CognitiveTools.Lab.Learning.Kernels;
using CognitiveTools.Lab.Learning.LibTorch;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>What blocks of every kind are made of, on the kernels where these fit.</summary>
/// <param name="epsilon">Added to the mean square in the norms.</param>
/// <param name="fused">Whether the kernels are used.</param>
internal sealed class BlockParts(double epsilon, bool fused)
{
    /// <summary>Added to the score of a position that attention must not see.</summary>
    public const double NeverSeen = -1e9;

    /// <summary>Whether the kernels are used.</summary>
    public bool Fused => fused;

    /// <summary>Whether the kernels, which take 16 floats at a time, can be used.</summary>
    public static bool Fit(ScalarType type, Device device, params ReadOnlySpan<int> widths)
    {
        if (type != ScalarType.Float32 || device.type != DeviceType.CPU)
            return false;
        foreach (var width in widths)
        {
            if (width % KernelMemory.Lanes != 0)
                return false;
        }

        return true;
    }

    /// <summary>Rows of a matrix of embeddings for tokens of any shape.</summary>
    public static Tensor Embed(Tensor matrix, Tensor ids) => matrix.index_select(0, ids.flatten()).view([.. ids.shape, matrix.shape[1]]);

    /// <summary>Angles of the rotary embedding (Su et al., arXiv 2104.09864): context x half a head, double precision.</summary>
    public static Tensor Angles(NetworkShape shape, double ropeBase)
    {
        var exponents = arange(Scalars.Of(0), Scalars.Of(shape.HeadSize), Scalars.Of(2)).to(ScalarType.Float64).neg();
        var speeds = pow(ropeBase, exponents.div(Scalars.Of(shape.HeadSize)));
        return outer(arange(Scalars.Of(shape.Context)).to(ScalarType.Float64), speeds);
    }

    /// <summary>RMSNorm with weights.</summary>
    public Tensor Norm(Tensor x, Tensor weight) => fused ? FusedNorm.apply(x, weight, epsilon) : Norm(x) * weight;

    /// <summary>RMSNorm without weights.</summary>
    public Tensor Norm(Tensor x) => x * (x.square().mean([-1], keepdim: true).add(Scalars.Of(epsilon))).rsqrt();

    /// <summary>The gated feed-forward part, <c>down(silu(gate x) * up x)</c>.</summary>
    public Tensor Feed(Tensor x, Tensor gateUp, Tensor down) => F.linear(Gate(F.linear(x, gateUp)), down);

    /// <summary>The gate, <c>silu(gate) * up</c>, of both side by side.</summary>
    public Tensor Gate(Tensor gateUp)
    {
        if (fused)
            return FusedGate.apply(gateUp);
        var parts = gateUp.chunk(2, -1);
        return F.silu(parts[0]) * parts[1];
    }
}
