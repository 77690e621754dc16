using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// A sparse autoencoder of the residual stream h behind one layer (Gao et al. 2024, arXiv 2406.04093):
/// <c>z = relu(topk(E (h - b) + c))</c>, <c>h' = D z + b</c>, columns of D of length 1, minimised <c>|h - h'|^2 / |h - mean h|^2</c>, the
/// share of the variance that is not explained. Features that were not active for long must explain what the others left (AuxK), with
/// weight 1/32. The network's weights stay as they are.
/// </summary>
internal sealed class SparseCode : IObjective<Decoder>, ILearnedFile
{
    private const double SpareWeight = 1.0 / 32;

    private readonly int _layer, _active;
    private readonly Tensor _encoder, _offsets, _decoder, _bias, _since;

    /// <summary>Creates an autoencoder whose encoder is its decoder, transposed.</summary>
    /// <param name="layer">The layer, as llama.cpp counts them.</param>
    /// <param name="width">Width of the stream.</param>
    /// <param name="features">Features.</param>
    /// <param name="active">Features that are active at a position, at most.</param>
    /// <param name="random">Draws the columns.</param>
    /// <param name="type">Float32, or Float64 for checks of gradients.</param>
    /// <param name="device">CPU by default.</param>
    public SparseCode(
        int layer, int width, int features, int active, SeededRandom random, ScalarType type = ScalarType.Float32, Device? device = null)
    {
        (_layer, _active) = (layer, active);
        var deviation = 1 / Math.Sqrt(width);
        var weights = new ParameterVector(
            [("encoder", features, width, 0), ("decoder", features, width, deviation), ("offsets", 1, features, 0), ("bias", 1, width, 0)],
            [],
            random,
            type,
            device ?? CPU);
        (_encoder, _decoder) = (weights["encoder"], weights["decoder"]);
        (_offsets, _bias) = (weights["offsets"], weights["bias"]);
        using (no_grad())
            _encoder.copy_(F.normalize(_decoder, dim: 1));
        // Kept with the parameters, so that a checkpoint has it; without a gradient the optimiser leaves it as it is.
        var idle = new ParameterVector([], [("since", features)], random, type, device ?? CPU);
        idle.Freeze();
        _since = idle["since"];
        Parameters = [weights, idle];
    }

    /// <summary>Features without activity that may explain what is left at a position, at most.</summary>
    public int Spare { get; init; } = 64;

    /// <summary>Positions without activity after which a feature counts as dead.</summary>
    public int DeadAfter { get; init; } = 100_000;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterVector> Parameters { get; }

    /// <inheritdoc/>
    public ILearnedFile Product => this;

    /// <inheritdoc/>
    public Tensor Loss(Decoder network, Batch batch, SeededRandom random) => Loss(States(network, batch, _layer));

    /// <inheritdoc/>
    public void Write(string path, string model)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        new SparseAutoencoder(
            _layer,
            _active,
            (int)_decoder.shape[1],
            WeightsFile.Floats(_encoder),
            WeightsFile.Floats(_offsets),
            WeightsFile.Floats(F.normalize(_decoder, dim: 1)),
            WeightsFile.Floats(_bias)).Write(path, model);
    }

    /// <summary>The stream behind a layer at all tokens of the conversations, positions x width.</summary>
    internal static Tensor States(Decoder network, Batch batch, int layer)
    {
        IReadOnlyList<int>[] rows = [.. batch.Rows.Select(row => Array.ConvertAll(batch.File.Ids(row).ToArray(), static id => (int)id))];
        var ids = Padded.Right(rows).to(network.Device);
        var layers = new List<Tensor>();
        using (no_grad())
            network.Forward(network.Embed(ids), layers: layers);
        long[] held = [.. rows.SelectMany((row, i) => Enumerable.Range(0, row.Count).Select(at => i * ids.shape[1] + at))];
        return layers[layer].reshape(-1, network.Shape.Width).index_select(0, tensor(held, device: network.Device));
    }

    /// <summary>The activities of all features, positions x features, at most <c>active</c> of them above 0 at a position.</summary>
    internal static Tensor Activities(Tensor states, Tensor encoder, Tensor offsets, Tensor bias, int active) =>
        Largest(F.linear(states - bias, encoder).Plus(offsets), active);

    /// <summary>The loss of states, positions x width; counts which features were active.</summary>
    internal Tensor Loss(Tensor states)
    {
        var all = F.linear(states - _bias, _encoder).Plus(_offsets);
        var z = Largest(all, _active);
        var columns = F.normalize(_decoder, dim: 1);
        var left = states - z.matmul(columns) - _bias;
        var loss = left.square().sum() / (states - states.mean([0L])).square().sum();
        using (no_grad())
        {
            _since.Add(tensor((double)states.shape[0], dtype: _since.dtype, device: _since.device));
            _since.masked_fill_((z > Scalars.Of(0)).any(0), Scalars.Of(0));
        }

        var dead = _since > tensor((double)DeadAfter, dtype: _since.dtype, device: _since.device);
        var count = (int)dead.sum().item<long>();
        if (count == 0)
            return loss;
        var spare = Largest(all.masked_fill(dead.logical_not(), Scalars.Of(BlockParts.NeverSeen)), Math.Min(Spare, count));
        var target = left.detach();
        var rest = (target - spare.matmul(columns)).square().sum() / target.square().sum();
        return loss.Plus(rest.mul(Scalars.Of(SpareWeight)));
    }

    private static Tensor Largest(Tensor all, int count)
    {
        var (values, which) = all.topk(count, dim: 1);
        return zeros_like(all).scatter(1, which, F.relu(values));
    }
}
