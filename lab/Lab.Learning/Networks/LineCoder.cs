using System.Globalization;
using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>
/// Encoder and decoder of lines, in the place that SONAR has in a Large Concept Model (arXiv 2412.08821, section 2.1): the code of a line
/// is <c>norm(C mean_i norm(f(E[token i] + P[i])))</c> with a stack f that sees the whole line, and a causal stack behind the code as its
/// first position writes the line again. The code's elements have the mean square 1.
/// </summary>
internal sealed class LineCoder : INetwork
{
    private readonly Block[] _encoder, _decoder;
    private readonly BlockParts _parts;

    /// <summary>Creates a network and draws its weights.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="type">Float32, or Float64 for checks of gradients.</param>
    /// <param name="device">CPU by default.</param>
    public LineCoder(LineCoderShape shape, SeededRandom random, ScalarType type = ScalarType.Float32, Device? device = null)
    {
        Shape = shape;
        Device = device ?? CPU;
        _parts = new BlockParts(shape.NormEpsilon, BlockParts.Fit(type, Device, shape.Width, shape.Hidden));
        string[] encoder = [.. Block.Named("encoder", shape.Layers)], decoder = [.. Block.Named("decoder", shape.Layers)];
        string[] blocks = [.. encoder, .. decoder];
        var deviation = 1 / Math.Sqrt(shape.Width);
        var deep = deviation / Math.Sqrt(2 * shape.Layers);
        Parameters = new ParameterVector(
            [
                ("embedding", shape.Vocabulary, shape.Width, deviation),
                ("place", shape.Context, shape.Width, deviation), ("written", shape.Context, shape.Width, deviation),
                .. blocks.SelectMany(block => Block.Matrices(block, shape.Width, shape.Hidden, deviation, deep)),
                ("encoder.code", shape.Code, shape.Width, deviation),
                ("decoder.code", shape.Width, shape.Code, 1 / Math.Sqrt(shape.Code)),
            ],
            [
                .. blocks.SelectMany(block => Block.Norms(block, shape.Width)), ("encoder.norm", shape.Width),
                ("decoder.norm", shape.Width),
            ],
            random,
            type,
            Device);
        (_encoder, _decoder) = (Block.Of(Parameters, encoder), Block.Of(Parameters, decoder));
    }

    /// <summary>Sizes.</summary>
    public LineCoderShape Shape { get; }

    /// <inheritdoc/>
    public Device Device { get; }

    /// <inheritdoc/>
    public ParameterVector Parameters { get; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Value)> Weights => Parameters.Names.Select(name => (name, Parameters[name]));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["norm_epsilon"] = Shape.NormEpsilon.ToString(CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public JsonObject Sizes => new()
    {
        ["architecture"] = "lines",
        ["width"] = Shape.Width,
        ["layers"] = Shape.Layers,
        ["heads"] = Shape.Heads,
        ["hidden"] = Shape.Hidden,
        ["context"] = Shape.Context,
        ["code"] = Shape.Code,
    };

    /// <summary>Multiplications with weights for each token that is read.</summary>
    public long WorkOfReading => Elements("encoder.");

    /// <summary>Multiplications with weights for each token that is written.</summary>
    public long WorkOfWriting => Elements("decoder.") + (long)Shape.Vocabulary * Shape.Width;

    /// <summary>Codes of lines, lines x code.</summary>
    /// <param name="lines">Their tokens; none is empty.</param>
    public Tensor Encode(IReadOnlyList<IReadOnlyList<int>> lines)
    {
        var ids = Padded.Right(lines).to(Device);
        var (rows, length) = (ids.shape[0], ids.shape[1]);
        var lengths = tensor(lines.Select(static line => (long)line.Count).ToArray(), device: Device).unsqueeze(1);
        var seen = arange(Scalars.Of(length), device: Device).unsqueeze(0).lt(lengths);
        var x = BlockParts.Embed(Parameters["embedding"], ids).Plus(Parameters["place"].narrow(0, 0, length));
        var mask = zeros([rows, length], dtype: x.dtype, device: Device).masked_fill(seen.logical_not(), Scalars.Of(BlockParts.NeverSeen))
            .view(rows, 1, 1, length).expand(rows, Shape.Heads, length, length);
        var read = _parts.Norm(_parts.Run(_encoder, x, Shape.Heads, mask), Parameters["encoder.norm"]);
        var mean = (read * seen.unsqueeze(-1).to(x.dtype)).sum(1) / lengths.to(x.dtype);
        return _parts.Norm(F.linear(mean, Parameters["encoder.code"]));
    }

    /// <summary>Hidden states that predict the tokens of lines, and at the position of the last token the end.</summary>
    /// <param name="codes">Lines x code.</param>
    /// <param name="ids">Their tokens, lines x positions.</param>
    /// <returns>Lines x (1 + positions) x width.</returns>
    public Tensor Write(Tensor codes, Tensor ids) => Run(cat([Start(codes), Said(ids, 0)], 1), null);

    /// <summary>The lines that codes stand for, greedily.</summary>
    /// <param name="codes">Lines x code.</param>
    /// <param name="stop">The token that ends a line.</param>
    public IReadOnlyList<int>[] Decode(Tensor codes, int stop)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var lines = Array.ConvertAll(new int[codes.shape[0]], static _ => new List<int>());
        var done = new bool[lines.Length];
        var cache = new GrowingCache();
        var input = Start(codes);
        for (var at = 0; at < Shape.Context && !Array.TrueForAll(done, static one => one); at++)
        {
            var chosen = Logits(Run(input, cache)).squeeze(1).argmax(-1);
            foreach (var (row, token) in chosen.cpu().data<long>().ToArray().Index())
            {
                done[row] |= token == stop;
                if (!done[row])
                    lines[row].Add((int)token);
            }

            input = Said(chosen.unsqueeze(1), at);
        }

        return lines;
    }

    /// <inheritdoc/>
    public Tensor Logits(Tensor hidden) => F.linear(hidden, Parameters["embedding"]);

    /// <inheritdoc/>
    public void Dispose() => Parameters.Dispose();

    private Tensor Start(Tensor codes) => F.linear(codes, Parameters["decoder.code"]).unsqueeze(1);

    private Tensor Said(Tensor ids, int from) =>
        BlockParts.Embed(Parameters["embedding"], ids).Plus(Parameters["written"].narrow(0, from, ids.shape[1]));

    private Tensor Run(Tensor inputs, KeyValueCache? cache) => _parts.Norm(
        _parts.Run(_decoder, inputs, Shape.Heads, causal: inputs.shape[1] > 1, cache: cache), Parameters["decoder.norm"]);

    private long Elements(string part) => Parameters.Names.Where(name => name.StartsWith(part, StringComparison.Ordinal))
        .Select(name => Parameters[name]).Where(static one => one.dim() == 2).Sum(static one => one.numel());
}
