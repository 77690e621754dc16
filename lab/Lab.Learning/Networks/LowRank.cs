using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>
/// LoRA (Hu et al. 2021, arXiv 2106.09685) of all matrices of all blocks: <c>W := W + (alpha / rank) B A</c>, B zero at the start. Leaves
/// as the adapter that llama.cpp reads.
/// </summary>
internal sealed class LowRank : ITuning
{
    private static readonly string[] Readers = ["attn_q", "attn_k", "attn_v"], Gates = ["ffn_gate", "ffn_up"];
    private const string Output = "attn_output", Down = "ffn_down";

    private readonly DecoderShape _shape;
    private readonly int _rank;
    private readonly double _alpha;

    /// <summary>Creates an adapter that changes nothing yet.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rank">Rows of A, columns of B.</param>
    /// <param name="alpha">Of the factor alpha / rank.</param>
    /// <param name="random">Draws A.</param>
    public LowRank(Decoder network, int rank, double alpha, SeededRandom random)
    {
        (_shape, _rank, _alpha) = (network.Shape, rank, alpha);
        Parameters = new ParameterVector(
            [
                .. Names().SelectMany(matrix => new[]
                {
                    (matrix.Name + ".a", rank, matrix.Columns, 1 / Math.Sqrt(matrix.Columns)),
                    (matrix.Name + ".b", matrix.Rows, rank, 0),
                }),
            ],
            [],
            random,
            network.Parameters.Values.dtype,
            network.Device);
    }

    /// <inheritdoc/>
    public ParameterVector Parameters { get; }

    /// <inheritdoc/>
    public Block Change(int layer, Block block) => block with
    {
        Qkv = block.Qkv.Plus(cat([.. Readers.Select(name => Difference(layer, name))])),
        Output = block.Output.Plus(Difference(layer, Output)),
        GateUp = block.GateUp.Plus(cat([.. Gates.Select(name => Difference(layer, name))])),
        Down = block.Down.Plus(Difference(layer, Down)),
    };

    /// <inheritdoc/>
    public void Write(string path, string model)
    {
        using var scope = NewDisposeScope();
        var writer = new GgufWriter()
            .Add("general.type", "adapter")
            .Add("general.architecture", "llama")
            .Add("general.name", model)
            .Add("adapter.type", "lora")
            .Add("adapter.lora.alpha", (float)_alpha);
        foreach (var (name, _, _) in Names())
        {
            Add(name, "a");
            Add(name, "b");
        }

        writer.Write(path);

        void Add(string name, string part)
        {
            var matrix = Parameters[$"{name}.{part}"];
            var (rows, columns, values) = ((int)matrix.shape[0], (int)matrix.shape[1], WeightsFile.Floats(matrix));
            writer.AddTensor(
                $"{name}.weight.lora_{part}", GgufTensorType.F32, [columns, rows],
                (row, into) => values.AsSpan((int)row * columns, columns).CopyTo(into));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Parameters.Dispose();

    private Tensor Difference(int layer, string name) =>
        Parameters[Full(layer, name) + ".b"].mm(Parameters[Full(layer, name) + ".a"]).mul(Scalars.Of(_alpha / _rank));

    private IEnumerable<(string Name, int Rows, int Columns)> Names()
    {
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            foreach (var name in (IEnumerable<string>)[.. Readers, Output])
                yield return (Full(layer, name), _shape.Width, _shape.Width);
            foreach (var name in Gates)
                yield return (Full(layer, name), _shape.Hidden, _shape.Width);
            yield return (Full(layer, Down), _shape.Width, _shape.Hidden);
        }
    }

    private static string Full(int layer, string name) => $"blk.{layer}.{name}";
}
