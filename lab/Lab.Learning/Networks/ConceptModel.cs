using System.Globalization;
using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>
/// A transformer over concepts, the codes of lines (Large Concept Model, arXiv 2412.08821), standardised in each element. A position sees
/// the beginning, the concepts before it and itself. Diffusion and codebooks add a query for each concept that is predicted, which sees the
/// concepts before that one, and itself: a noisy concept with its step (the one-tower model), or the entries so far with their number.
/// </summary>
internal sealed class ConceptModel : INetwork
{
    private readonly Block[] _blocks;
    private readonly BlockParts _parts;
    private readonly Tensor _turns;

    /// <summary>Creates a network and draws its weights.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="type">Float32, or Float64 for checks of gradients.</param>
    /// <param name="device">CPU by default.</param>
    public ConceptModel(ConceptShape shape, SeededRandom random, ScalarType type = ScalarType.Float32, Device? device = null)
    {
        Shape = shape;
        Device = device ?? CPU;
        _parts = new BlockParts(shape.NormEpsilon, BlockParts.Fit(type, Device, shape.Width, shape.Hidden, shape.HeadSize));
        string[] blocks = [.. Block.Named("block", shape.Layers)];
        var deviation = 1 / Math.Sqrt(shape.Width);
        var (inward, deep) = (1 / Math.Sqrt(shape.Code), deviation / Math.Sqrt(2 * shape.Layers));
        (string, int, int, double)[] query = shape.Levels == 0
            ? []
            : [("query", shape.Width, shape.Code, inward), ("level", shape.Levels, shape.Width, deviation)];
        var outputs = shape.Head == ConceptHead.Quantised ? shape.Levels * shape.Entries : shape.Code;
        Parameters = new ParameterVector(
            [
                ("begin", 1, shape.Width, deviation), ("concept", shape.Width, shape.Code, inward), .. query,
                .. blocks.SelectMany(block => Block.Matrices(block, shape.Width, shape.Hidden, deviation, deep)),
                ("out", outputs, shape.Width, deviation),
            ],
            [.. blocks.SelectMany(block => Block.Norms(block, shape.Width)), ("norm", shape.Width)],
            random,
            type,
            Device);
        _blocks = Block.Of(Parameters, blocks);
        using var scope = NewDisposeScope();
        Mean = zeros(shape.Code, dtype: type, device: Device).DetachFromDisposeScope();
        Deviation = ones(shape.Code, dtype: type, device: Device).DetachFromDisposeScope();
        Books = zeros(shape.Head == ConceptHead.Quantised ? shape.Levels : 0, shape.Entries, shape.Code, dtype: type, device: Device)
            .DetachFromDisposeScope();
        var angles = BlockParts.Angles(shape, 10000);
        _turns = complex(angles.cos().to(type), angles.sin().to(type)).to(Device).DetachFromDisposeScope();
    }

    /// <summary>Sizes.</summary>
    public ConceptShape Shape { get; }

    /// <inheritdoc/>
    public Device Device { get; }

    /// <inheritdoc/>
    public ParameterVector Parameters { get; }

    /// <summary>Mean of each element of the codes; not learned.</summary>
    public Tensor Mean { get; }

    /// <summary>Standard deviation of each element of the codes; not learned.</summary>
    public Tensor Deviation { get; }

    /// <summary>The codebooks, levels x entries x code, of standardised concepts; not learned by gradients.</summary>
    public Tensor Books { get; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Value)> Weights =>
    [
        .. Parameters.Names.Select(name => (name, Parameters[name])), ("code.mean", Mean), ("code.deviation", Deviation),
        .. Shape.Head == ConceptHead.Quantised ? ((string, Tensor)[])[("code.books", Books.view(-1, Shape.Code))] : [],
    ];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["head"] = Shape.Head.ToString(),
        ["norm_epsilon"] = Shape.NormEpsilon.ToString(CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public JsonObject Sizes => new()
    {
        ["architecture"] = "concepts",
        ["head"] = Shape.Head.ToString(),
        ["width"] = Shape.Width,
        ["layers"] = Shape.Layers,
        ["heads"] = Shape.Heads,
        ["hidden"] = Shape.Hidden,
        ["context"] = Shape.Context,
        ["code"] = Shape.Code,
        ["levels"] = Shape.Levels,
        ["entries"] = Shape.Entries,
    };

    /// <summary>Multiplications with weights for each position.</summary>
    public long WorkOfPosition => (long)Shape.Layers * (4 * Shape.Width + 3 * Shape.Hidden) * Shape.Width
        + (long)Shape.Code * Shape.Width + (long)Shape.Width * (Shape.Head == ConceptHead.Quantised ? Shape.Entries : Shape.Code);

    /// <summary>Concepts of codes.</summary>
    public Tensor Standardise(Tensor codes) => (codes - Mean) / Deviation;

    /// <summary>Codes of concepts.</summary>
    public Tensor Restore(Tensor concepts) => (concepts * Deviation).Plus(Mean);

    /// <summary>Hidden states behind the last norm: of the beginning where the cache is empty, and of the concepts.</summary>
    /// <param name="concepts">Rows x concepts x code.</param>
    /// <param name="cache">Earlier positions; gets the new ones.</param>
    public Tensor Follow(Tensor concepts, KeyValueCache? cache = null)
    {
        var before = cache?.Length ?? 0;
        var x = before == 0 ? Begun(concepts) : F.linear(concepts, Parameters["concept"]);
        var length = x.shape[1];
        if (before > 0 && length > 1)
            throw new ArgumentException("Behind the first positions concepts follow one at a time.", nameof(concepts));
        return Run(x, null, length > 1, _turns.narrow(0, before, length), cache);
    }

    /// <summary>Hidden states of queries in training, one for each concept of a problem.</summary>
    /// <param name="concepts">Rows x concepts x code; the query of a concept sees those before it.</param>
    /// <param name="queries">Rows x concepts x code.</param>
    /// <param name="levels">Rows x concepts.</param>
    /// <param name="alone">Rows, true where queries see nothing but themselves; nowhere when <see langword="null"/>.</param>
    public Tensor Query(Tensor concepts, Tensor queries, Tensor levels, Tensor? alone = null)
    {
        var (rows, length) = (concepts.shape[0], concepts.shape[1]);
        var context = Begun(concepts.narrow(1, 0, length - 1));
        var causal = ones(length, length, dtype: ScalarType.Bool, device: Device).triu(1);
        var (none, itself) = (ones_like(causal), eye(length, dtype: ScalarType.Bool, device: Device).logical_not());
        // Query j stands at position j + 1 and sees the context's positions 0 to j.
        var hide = cat([cat([causal, none], 1), cat([causal, itself], 1)], 0).unsqueeze(0).unsqueeze(0);
        if (alone is not null)
        {
            var nothing = zeros_like(none);
            var cut = cat([cat([nothing, nothing], 1), cat([none, nothing], 1)], 0).unsqueeze(0).unsqueeze(0);
            hide = hide.logical_or(cut.logical_and(alone.view(-1, 1, 1, 1)));
        }

        var mask = zeros(hide.shape, dtype: queries.dtype, device: Device).masked_fill(hide, Scalars.Of(BlockParts.NeverSeen))
            .expand(rows, Shape.Heads, 2 * length, 2 * length);
        var turns = cat([_turns.narrow(0, 0, length), _turns.narrow(0, 1, length)], 0);
        return Run(cat([context, Asked(queries, levels)], 1), mask, false, turns, null).narrow(1, length, length);
    }

    /// <summary>Hidden states of one query a row behind all positions of a cache, which stays as it is.</summary>
    /// <param name="cache">The positions that it sees; none when <see langword="null"/>.</param>
    /// <param name="position">The position at which it stands.</param>
    /// <param name="queries">Rows x code.</param>
    /// <param name="level">The level of all of them.</param>
    public Tensor Query(GrowingCache? cache, int position, Tensor queries, int level)
    {
        var levels = full([queries.shape[0], 1], Scalars.Of(level), dtype: ScalarType.Int64, device: Device);
        var x = Asked(queries.unsqueeze(1), levels);
        return Run(x, null, false, _turns.narrow(0, position, 1), cache?.Fork()).squeeze(1);
    }

    /// <summary>Concepts, or logits of the entries of all codebooks (levels side by side).</summary>
    public Tensor Logits(Tensor hidden) => F.linear(hidden, Parameters["out"]);

    /// <summary>Logits of the entries of one codebook.</summary>
    public Tensor Logits(Tensor hidden, int level) =>
        F.linear(hidden, Parameters["out"].narrow(0, (long)level * Shape.Entries, Shape.Entries));

    /// <inheritdoc/>
    public void Dispose()
    {
        Parameters.Dispose();
        Mean.Dispose();
        Deviation.Dispose();
        Books.Dispose();
        _turns.Dispose();
    }

    private Tensor Begun(Tensor concepts) => cat(
        [Parameters["begin"].unsqueeze(0).expand(concepts.shape[0], 1, -1), F.linear(concepts, Parameters["concept"])], 1);

    private Tensor Asked(Tensor queries, Tensor levels) =>
        F.linear(queries, Parameters["query"]).Plus(BlockParts.Embed(Parameters["level"], levels));

    private Tensor Run(Tensor x, Tensor? mask, bool causal, Tensor turns, KeyValueCache? cache) =>
        _parts.Norm(_parts.Run(_blocks, x, Shape.Heads, mask, causal, turns, cache), Parameters["norm"]);
}
