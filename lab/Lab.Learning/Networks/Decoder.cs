using System.Globalization;
using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>
/// A decoder of llama's architecture: RMSNorm, SwiGLU, rotary embedding of neighbouring elements, tied embeddings. A forward pass takes
/// embeddings, not tokens, so that hidden states can be fed back.
/// </summary>
internal sealed class Decoder : INetwork
{
    private readonly Block[] _blocks;
    private readonly Tensor _norm;
    private readonly Tensor _turns;
    private readonly BlockParts _parts;

    /// <summary>Creates a network and draws its weights.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="type">Float32, or Float64 for checks of gradients.</param>
    /// <param name="device">CPU by default.</param>
    /// <param name="fused">Whether the kernels of <see cref="Kernels"/> may be used where they fit.</param>
    public Decoder(DecoderShape shape, SeededRandom random, ScalarType type = ScalarType.Float32, Device? device = null, bool fused = true)
    {
        Shape = shape;
        Device = device ?? CPU;
        _parts = new BlockParts(
            shape.NormEpsilon, fused && BlockParts.Fit(type, Device, shape.Width, shape.Hidden, shape.HeadSize));
        var (width, hidden, layers) = (shape.Width, shape.Hidden, Enumerable.Range(0, shape.Layers).ToArray());
        const double Deviation = 0.02;
        var deep = Deviation / Math.Sqrt(2 * shape.Layers);
        Parameters = new ParameterVector(
            [
                ("embedding", shape.Vocabulary, width, Deviation),
                .. layers.SelectMany(layer => Block.Matrices($"{layer}", width, hidden, Deviation, deep)),
            ],
            [.. layers.SelectMany(layer => Block.Norms($"{layer}", width)), ("norm", width)],
            random,
            type,
            Device);
        Embedding = Parameters["embedding"];
        _norm = Parameters["norm"];
        _blocks = [.. layers.Select(layer => Block.Of(Parameters, $"{layer}"))];
        using var scope = NewDisposeScope();
        var angles = BlockParts.Angles(shape, shape.RopeBase);
        _turns = complex(angles.cos().to(type), angles.sin().to(type)).to(Device).DetachFromDisposeScope();
    }

    /// <summary>Sizes.</summary>
    public DecoderShape Shape { get; }

    /// <inheritdoc/>
    public Device Device { get; }

    /// <inheritdoc/>
    public ParameterVector Parameters { get; }

    /// <inheritdoc/>
    /// <remarks>The names are those that Hugging Face has for llama; q and k keep the order of neighbours.</remarks>
    public IEnumerable<(string Name, Tensor Value)> Weights
    {
        get
        {
            yield return ("model.embed_tokens.weight", Embedding);
            for (var layer = 0; layer < _blocks.Length; layer++)
            {
                var (prefix, block) = ($"model.layers.{layer}.", _blocks[layer]);
                var (qkv, gateUp) = (block.Qkv.chunk(3), block.GateUp.chunk(2));
                yield return (prefix + "input_layernorm.weight", block.AttentionNorm);
                yield return (prefix + "self_attn.q_proj.weight", qkv[0]);
                yield return (prefix + "self_attn.k_proj.weight", qkv[1]);
                yield return (prefix + "self_attn.v_proj.weight", qkv[2]);
                yield return (prefix + "self_attn.o_proj.weight", block.Output);
                yield return (prefix + "post_attention_layernorm.weight", block.FeedNorm);
                yield return (prefix + "mlp.gate_proj.weight", gateUp[0]);
                yield return (prefix + "mlp.up_proj.weight", gateUp[1]);
                yield return (prefix + "mlp.down_proj.weight", block.Down);
            }

            yield return ("model.norm.weight", _norm);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["rope"] = "interleaved",
        ["rope_base"] = Shape.RopeBase.ToString(CultureInfo.InvariantCulture),
        ["norm_epsilon"] = Shape.NormEpsilon.ToString(CultureInfo.InvariantCulture),
        ["heads"] = Shape.Heads.ToString(CultureInfo.InvariantCulture),
        ["context"] = Shape.Context.ToString(CultureInfo.InvariantCulture),
        ["tied_embeddings"] = "true",
    };

    /// <inheritdoc/>
    public JsonObject Sizes => new()
    {
        ["width"] = Shape.Width,
        ["layers"] = Shape.Layers,
        ["heads"] = Shape.Heads,
        ["hidden"] = Shape.Hidden,
        ["context"] = Shape.Context,
    };

    /// <summary>The embedding matrix, which also makes the logits.</summary>
    public Tensor Embedding { get; }

    /// <summary>What is learned in place of the weights, and changes what the network computes.</summary>
    public ITuning? Tuning { get; set; }

    /// <summary>Lets tokens begin with the embeddings of others.</summary>
    /// <param name="marks">Each token, and the one whose embedding it gets.</param>
    public void BeginAs(IEnumerable<(int Mark, int Known)> marks)
    {
        using var frozen = no_grad();
        foreach (var (mark, known) in marks)
            Embedding[mark].copy_(Embedding[known]);
    }

    /// <summary>Embeddings of tokens of any shape.</summary>
    public Tensor Embed(Tensor ids) => BlockParts.Embed(Embedding, ids);

    /// <inheritdoc/>
    public Tensor Logits(Tensor hidden) => F.linear(hidden, Embedding);

    /// <summary>Runs embeddings and returns the hidden states behind the last norm, in the same shape.</summary>
    /// <param name="inputs">Rows x positions x width.</param>
    /// <param name="cache">Earlier positions; gets the new ones.</param>
    /// <param name="hide">Rows x (earlier + new positions or more), true where a key must not be seen. Positions count from the left edge,
    /// padding included: rotary attention sees differences alone, so a shift of a whole row changes nothing.</param>
    /// <param name="layers">Gets the residual stream behind every block, when given.</param>
    /// <param name="from">The first of these positions that a <see cref="Tuning"/> may change in the stream.</param>
    /// <param name="taps">Gets both sides of every linear layer but the embedding, when given.</param>
    public Tensor Forward(
        Tensor inputs, KeyValueCache? cache = null, Tensor? hide = null, List<Tensor>? layers = null, int from = 0, LinearTaps? taps = null)
    {
        var (before, length) = (cache?.Length ?? 0, inputs.shape[1]);
        var mask = Mask(inputs, before, hide);
        var turns = _turns.narrow(0, before, length);
        var causal = mask is null && length > 1;
        var x = inputs;
        for (var layer = 0; layer < _blocks.Length; layer++)
        {
            var block = Tuning?.Change(layer, _blocks[layer]) ?? _blocks[layer];
            var qkv = Linear(taps, layer, "qkv", _parts.Norm(x, block.AttentionNorm), block.Qkv);
            x = x.Plus(Linear(taps, layer, "output", _parts.Attend(qkv, Shape.Heads, mask, causal, turns, layer, cache), block.Output));
            var gateUp = Linear(taps, layer, "gate_up", _parts.Norm(x, block.FeedNorm), block.GateUp);
            x = x.Plus(Linear(taps, layer, "down", _parts.Gate(gateUp), block.Down));
            x = Tuning?.Change(layer, x, from) ?? x;
            layers?.Add(x);
        }

        cache?.Advance(length);
        return _parts.Norm(x, _norm);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Parameters.Dispose();
        _turns.Dispose();
    }

    private static Tensor Linear(LinearTaps? taps, int layer, string name, Tensor input, Tensor weight) =>
        taps is null ? F.linear(input, weight) : taps.Through($"{layer}.{name}", input, weight);

    // Nothing where the whole of a batch begins here (attention is causal then) or one position sees all that came before.
    private Tensor? Mask(Tensor inputs, int before, Tensor? hide)
    {
        var (rows, length) = (inputs.shape[0], inputs.shape[1]);
        if (hide is null && (before == 0 || length == 1))
            return null;
        var total = before + length;
        var mask = full([1, 1, length, total], Scalars.Of(BlockParts.NeverSeen), dtype: inputs.dtype, device: Device).triu(before + 1);
        if (hide is null)
            return mask;
        var padded = zeros([rows, 1, 1, total], dtype: inputs.dtype, device: Device)
            .masked_fill(hide.narrow(1, 0, total).unsqueeze(1).unsqueeze(1), Scalars.Of(BlockParts.NeverSeen));
        return mask.Plus(padded).expand(rows, Shape.Heads, length, total);
    }
}
