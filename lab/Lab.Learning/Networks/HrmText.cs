using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>
/// HRM-Text (arXiv 2605.20613) at small size: two stacks of layers that the network goes through again and again,
/// <code>
/// z_H = scale * E[tokens],  z_L = a learned vector
/// repeat h times:  repeat l times:  z_L = L(z_L + z_H)
///                  z_H = H(z_H + z_L)
/// logits = E z_H
/// </code>
/// with pre-norm layers without norm weights, attention behind a sigmoid gate and rotary positions on halves, as llama.cpp's architecture
/// <c>hrm_text</c> computes it; the weights carry its names.
/// </summary>
internal sealed class HrmText : INetwork
{
    private const string Start = "hrm.z_l_init";

    private readonly Layer[] _low, _high;
    private readonly Tensor _embedding, _start, _cosine, _sine;
    private readonly BlockParts _parts;

    /// <summary>Creates a network and draws its weights.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="type">Float32, or Float64 for checks of gradients.</param>
    /// <param name="device">CPU by default.</param>
    public HrmText(HrmShape shape, SeededRandom random, ScalarType type = ScalarType.Float32, Device? device = null)
    {
        Shape = shape;
        Device = device ?? CPU;
        _parts = new BlockParts(shape.NormEpsilon, BlockParts.Fit(type, Device, shape.Width, shape.Hidden));
        var (width, hidden) = (shape.Width, shape.Hidden);
        var (reading, adding) = (1 / Math.Sqrt(width), 0.5 / Math.Sqrt(width));
        var layers = Enumerable.Range(0, 2 * shape.LayersPerStack).ToArray();
        Parameters = new ParameterVector(
            [
                ("token_embd", shape.Vocabulary, width, 1 / shape.EmbeddingScale),
                .. layers.SelectMany(layer => ((string, int, int, double)[])
                [
                    ($"{layer}.attention", 4 * width, width, reading), ($"{layer}.output", width, width, adding),
                    ($"{layer}.gate_up", 2 * hidden, width, reading), ($"{layer}.down", width, hidden, 0.5 / Math.Sqrt(hidden)),
                ]),
            ],
            [(Start, width)],
            random,
            type,
            Device);
        (_embedding, _start) = (Parameters["token_embd"], Parameters[Start]);
        Layer[] both = [.. layers.Select(layer => new Layer(
            Parameters[$"{layer}.attention"], Parameters[$"{layer}.output"], Parameters[$"{layer}.gate_up"], Parameters[$"{layer}.down"]))];
        (_low, _high) = (both[..shape.LayersPerStack], both[shape.LayersPerStack..]);
        using var scope = NewDisposeScope();
        using (no_grad())
            _start.copy_(tensor(Enumerable.Range(0, width).Select(_ => (float)SeededRandom.Normal(random)).ToArray()));
        var angles = BlockParts.Angles(shape, shape.RopeBase);
        _cosine = angles.cos().to(type).to(Device).DetachFromDisposeScope();
        _sine = angles.sin().to(type).to(Device).DetachFromDisposeScope();
    }

    /// <summary>Sizes.</summary>
    public HrmShape Shape { get; }

    /// <inheritdoc/>
    public Device Device { get; }

    /// <inheritdoc/>
    public ParameterVector Parameters { get; }

    /// <inheritdoc/>
    /// <remarks>The low stack's layers come first.</remarks>
    public IEnumerable<(string Name, Tensor Value)> Weights
    {
        get
        {
            yield return ("token_embd.weight", _embedding);
            yield return (Start, _start);
            foreach (var (index, layer) in _low.Concat(_high).Index())
            {
                var (block, attention, gateUp) = ($"blk.{index}.", layer.Attention.chunk(4), layer.GateUp.chunk(2));
                yield return (block + "attn_q.weight", attention[0]);
                yield return (block + "attn_k.weight", attention[1]);
                yield return (block + "attn_v.weight", attention[2]);
                yield return (block + "attn_gate.weight", attention[3]);
                yield return (block + "attn_output.weight", layer.Output);
                yield return (block + "ffn_gate.weight", gateUp[0]);
                yield return (block + "ffn_up.weight", gateUp[1]);
                yield return (block + "ffn_down.weight", layer.Down);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["rope"] = "halves" };

    /// <inheritdoc/>
    public JsonObject Sizes => new()
    {
        ["architecture"] = "hrm_text",
        ["width"] = Shape.Width,
        ["heads"] = Shape.Heads,
        ["hidden"] = Shape.Hidden,
        ["layers_per_stack"] = Shape.LayersPerStack,
        ["h_cycles"] = Shape.HighCycles,
        ["l_cycles"] = Shape.LowCycles,
        ["context"] = Shape.Context,
        ["rope_base"] = Shape.RopeBase,
        ["embedding_scale"] = Shape.EmbeddingScale,
    };

    /// <summary>The last z_H of tokens (rows x length), rows x length x width.</summary>
    /// <param name="ids">The tokens.</param>
    /// <param name="highCycles">Passes through the high stack.</param>
    /// <param name="lowCycles">Passes through the low stack before each of them.</param>
    public Tensor Forward(Tensor ids, int highCycles, int lowCycles)
    {
        var turns = (_cosine.narrow(0, 0, ids.shape[1]), _sine.narrow(0, 0, ids.shape[1]));
        var high = BlockParts.Embed(_embedding, ids).mul(Scalars.Of(Shape.EmbeddingScale));
        var low = _start.expand_as(high);
        for (var h = 0; h < highCycles; h++)
        {
            for (var l = 0; l < lowCycles; l++)
                low = Run(_low, low.Plus(high), turns);
            high = Run(_high, high.Plus(low), turns);
        }

        return high;
    }

    /// <inheritdoc/>
    public Tensor Logits(Tensor hidden) => F.linear(hidden, _embedding);

    /// <inheritdoc/>
    public void Dispose()
    {
        Parameters.Dispose();
        _cosine.Dispose();
        _sine.Dispose();
    }

    private Tensor Run(Layer[] layers, Tensor x, (Tensor Cosine, Tensor Sine) turns)
    {
        foreach (var layer in layers)
        {
            x = x.Plus(F.linear(Attend(_parts.Norm(x), layer, turns), layer.Output));
            x = x.Plus(_parts.Feed(_parts.Norm(x), layer.GateUp, layer.Down));
        }

        return _parts.Norm(x);
    }

    private Tensor Attend(Tensor x, Layer layer, (Tensor Cosine, Tensor Sine) turns)
    {
        var (rows, length) = (x.shape[0], x.shape[1]);
        var parts = F.linear(x, layer.Attention).view(rows, length, 4, Shape.Heads, Shape.HeadSize).unbind(2);
        var mixed = F.scaled_dot_product_attention(
            Turn(parts[0].transpose(1, 2), turns), Turn(parts[1].transpose(1, 2), turns), parts[2].transpose(1, 2), null, 0, length > 1);
        return mixed.transpose(1, 2).reshape(rows, length, Shape.Width) * sigmoid(parts[3].reshape(rows, length, Shape.Width));
    }

    // Element i turns with element i + size / 2.
    private static Tensor Turn(Tensor x, (Tensor Cosine, Tensor Sine) turns)
    {
        var halves = x.chunk(2, -1);
        return cat(
            [halves[0] * turns.Cosine - halves[1] * turns.Sine, (halves[0] * turns.Sine).Plus(halves[1] * turns.Cosine)], -1);
    }

    private sealed record Layer(Tensor Attention, Tensor Output, Tensor GateUp, Tensor Down);
}
