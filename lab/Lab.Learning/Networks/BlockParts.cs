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

    /// <summary>Runs blocks one behind the other, without a norm behind the last.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="x">Rows x positions x width.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="mask">Added to the scores of attention, rows x heads x positions x keys.</param>
    /// <param name="causal">Whether a position sees those before it alone; without a mask only.</param>
    /// <param name="turns">Rotations of the positions; none when <see langword="null"/>.</param>
    /// <param name="cache">Earlier positions; gets the new ones.</param>
    public Tensor Run(
        Block[] blocks, Tensor x, int heads, Tensor? mask = null, bool causal = false, Tensor? turns = null, KeyValueCache? cache = null)
    {
        for (var layer = 0; layer < blocks.Length; layer++)
        {
            var block = blocks[layer];
            var qkv = F.linear(Norm(x, block.AttentionNorm), block.Qkv);
            x = x.Plus(F.linear(Attend(qkv, heads, mask, causal, turns, layer, cache), block.Output));
            x = x.Plus(Feed(Norm(x, block.FeedNorm), block.GateUp, block.Down));
        }

        cache?.Advance(x.shape[1]);
        return x;
    }

    /// <summary>Attention.</summary>
    /// <param name="joined">Queries, keys and values side by side, rows x positions x 3 widths.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="mask">Added to the scores, rows x heads x positions x keys.</param>
    /// <param name="causal">Whether a position sees those before it alone; without a mask only.</param>
    /// <param name="turns">Rotations of the positions; none when <see langword="null"/>.</param>
    /// <param name="layer">Number of the block.</param>
    /// <param name="cache">Earlier positions; gets the new ones.</param>
    public Tensor Attend(Tensor joined, int heads, Tensor? mask, bool causal, Tensor? turns, int layer, KeyValueCache? cache)
    {
        var (rows, length, width) = (joined.shape[0], joined.shape[1], joined.shape[2] / 3);
        var qkv = joined.view(rows, length, 3, heads, width / heads);
        if (turns is not null && fused)
            qkv = FusedTurn.apply(qkv, turns);
        var parts = qkv.unbind(2);
        var (queries, keys, values) = (parts[0].transpose(1, 2), parts[1].transpose(1, 2), parts[2].transpose(1, 2));
        if (turns is not null && !fused)
            (queries, keys) = (Turn(queries, turns), Turn(keys, turns));
        if (cache is not null)
            (keys, values) = cache.Append(layer, keys, values);
        var mixed = F.scaled_dot_product_attention(queries, keys, values, mask, 0, causal);
        return mixed.transpose(1, 2).reshape(rows, length, width);
    }

    /// <summary>RMSNorm with weights.</summary>
    public Tensor Norm(Tensor x, Tensor weight) => fused ? FusedNorm.apply(x, weight, epsilon) : Norm(x) * weight;

    /// <summary>RMSNorm without weights.</summary>
    public Tensor Norm(Tensor x) => x * x.square().mean([-1], keepdim: true).Plus(Scalars.Of(epsilon)).rsqrt();

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

    private static Tensor Turn(Tensor x, Tensor turns) =>
        (x.reshape([.. x.shape[..^1], -1, 2]).view_as_complex() * turns).view_as_real().flatten(-2);
}
