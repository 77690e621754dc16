using System.Globalization;
using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>State of a <see cref="Gram"/>, each part rows x cells x width.</summary>
internal sealed record GramState(Tensor High, Tensor Low);

/// <summary>A normal distribution for every element: mean and logarithm of the deviation.</summary>
internal sealed record GramNormal(Tensor Mean, Tensor LogSigma)
{
    /// <summary>A draw.</summary>
    /// <param name="noise">Standard normal numbers.</param>
    public Tensor At(Tensor noise) => Mean.Plus(LogSigma.exp() * noise);
}

/// <summary>
/// Generative Recursive reAsoning Model (arXiv 2605.19376) at small size: two states that two stacks change again and again,
/// <code>
/// e = E[cells] + P,   h, l = a fixed draw
/// transition:  repeat K times:  l = L(h + l + e)
///              u = H(h + l),    h = u + epsilon,    epsilon ~ N(mu(u), sigma(u)^2)
/// logits of each cell = O h,    value = what a head makes of h
/// </code>
/// with pre-norm blocks, attention in both directions, and a norm behind each stack. In training epsilon comes from a posterior that is
/// told the solution y, N(mu(u, y), sigma(u, y)^2) of [u; e_y].
/// </summary>
internal sealed class Gram : INetwork
{
    /// <summary>Bounds of the deviation's logarithm.</summary>
    public const double LeastLogSigma = -6, MostLogSigma = 2;

    private readonly Block[] _low, _high;
    private readonly BlockParts _parts;
    private readonly double _scale;

    /// <summary>Creates a network and draws its weights.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="type">Float32, or Float64 for checks of gradients.</param>
    /// <param name="device">CPU by default.</param>
    public Gram(GramShape shape, SeededRandom random, ScalarType type = ScalarType.Float32, Device? device = null)
    {
        Shape = shape;
        Device = device ?? CPU;
        Type = type;
        _parts = new BlockParts(shape.NormEpsilon, BlockParts.Fit(type, Device, shape.Width, shape.Hidden));
        var (width, side) = (shape.Width, shape.Side);
        _scale = Math.Sqrt(width);
        string[] low = [.. Block.Named("low", shape.Blocks)], high = [.. Block.Named("high", shape.Blocks)];
        string[] blocks = [.. low, .. high];
        var deviation = 1 / Math.Sqrt(width);
        Parameters = new ParameterVector(
            [
                ("cell", side + 1, width, deviation), ("place", side, width, deviation), ("target", side + 1, width, deviation),
                .. blocks.SelectMany(block => Block.Matrices(block, width, shape.Hidden, deviation, deviation / 2)),
                ("prior", 2 * width, width, deviation / 4),
                ("posterior.in", width, 2 * width, deviation), ("posterior.out", 2 * width, width, deviation / 4),
                ("value.in", width, width, deviation), ("value.out", 1, width, deviation),
                ("logits", side, width, deviation),
            ],
            [
                .. blocks.SelectMany(block => Block.Norms(block, width)), ("low.norm", width), ("high.norm", width),
                ("prior.narrow", width), ("posterior.narrow", width), ("low.start", width), ("high.start", width),
            ],
            random,
            type,
            Device);
        (_low, _high) = (Block.Of(Parameters, low), Block.Of(Parameters, high));
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        foreach (var start in (string[])["low.start", "high.start"])
            Parameters[start].copy_(tensor(Enumerable.Range(0, width).Select(_ => (float)SeededRandom.Normal(random)).ToArray()));
    }

    /// <summary>Sizes.</summary>
    public GramShape Shape { get; }

    /// <summary>Element type.</summary>
    public ScalarType Type { get; }

    /// <inheritdoc/>
    public Device Device { get; }

    /// <inheritdoc/>
    public ParameterVector Parameters { get; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Value)> Weights => Parameters.Names.Select(name => (name, Parameters[name]));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["noise"] = Shape.Noise.ToString(),
        ["sigma"] = Shape.Sigma.ToString(CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public JsonObject Sizes => new()
    {
        ["architecture"] = "gram",
        ["side"] = Shape.Side,
        ["width"] = Shape.Width,
        ["heads"] = Shape.Heads,
        ["hidden"] = Shape.Hidden,
        ["blocks"] = Shape.Blocks,
        ["inner"] = Shape.Inner,
        ["transitions"] = Shape.Transitions,
        ["noise"] = Shape.Noise.ToString(),
        ["sigma"] = Shape.Sigma,
    };

    /// <summary>e of cells (rows x cells, 0 for an open one), rows x cells x width.</summary>
    public Tensor Read(Tensor cells) => BlockParts.Embed(Parameters["cell"], cells).Plus(Parameters["place"]).mul(Scalars.Of(_scale));

    /// <summary>e_y of a solution's cells.</summary>
    public Tensor ReadTarget(Tensor cells) => BlockParts.Embed(Parameters["target"], cells).mul(Scalars.Of(_scale));

    /// <summary>The first state of rows. It is drawn once and stays: gradients would reach it only where T is 1.</summary>
    public GramState Start(long rows, Random random)
    {
        var high = First("high.start");
        if (Shape.Noise == GramNoise.Start)
            high = high.Plus(Noise(rows, random).mul(Scalars.Of(Shape.Sigma)));
        return new GramState(high, First("low.start"));

        Tensor First(string name) => Parameters[name].expand(rows, Shape.Side, Shape.Width);
    }

    /// <summary>Standard normal numbers for one transition of rows.</summary>
    public Tensor Noise(long rows, Random random) => NormalNoise.Of([rows, Shape.Side, Shape.Width], random, Type, Device);

    /// <summary>The states before the noise of a transition: u and l.</summary>
    public (Tensor U, Tensor Low) Advance(GramState state, Tensor e)
    {
        var low = state.Low;
        for (var i = 0; i < Shape.Inner; i++)
            low = Run(_low, state.High.Plus(low).Plus(e), "low.norm");
        return (Run(_high, state.High.Plus(low), "high.norm"), low);
    }

    /// <summary>What epsilon follows without a solution.</summary>
    public GramNormal Prior(Tensor u) => Normal(F.linear(u, Parameters["prior"]), "prior.narrow");

    /// <summary>What epsilon follows where the solution is told.</summary>
    public GramNormal Posterior(Tensor u, Tensor target) => Normal(
        F.linear(F.silu(F.linear(cat([u, target], -1), Parameters["posterior.in"])), Parameters["posterior.out"]), "posterior.narrow");

    /// <summary>One step of supervision without a solution, as the model is used: T transitions.</summary>
    public GramState Step(GramState state, Tensor e, Random random)
    {
        for (var i = 0; i < Shape.Transitions; i++)
            state = Transition(state, e, random);
        return state;
    }

    /// <summary>One transition without a solution.</summary>
    public GramState Transition(GramState state, Tensor e, Random random)
    {
        var (u, low) = Advance(state, e);
        var prior = Prior(u);
        return new GramState(u.Plus(Shape.IsNoisy ? prior.At(Noise(u.shape[0], random)) : prior.Mean), low);
    }

    /// <inheritdoc/>
    public Tensor Logits(Tensor hidden) => F.linear(hidden, Parameters["logits"]);

    /// <summary>For each row the probability that the answer read off its state is right (rows).</summary>
    public Tensor Value(Tensor high) =>
        F.linear(F.silu(F.linear(high, Parameters["value.in"])), Parameters["value.out"]).squeeze(-1).mean([-1]).sigmoid();

    /// <inheritdoc/>
    public void Dispose() => Parameters.Dispose();

    private GramNormal Normal(Tensor both, string narrow)
    {
        var parts = both.chunk(2, -1);
        return new GramNormal(
            parts[0],
            Shape.Noise == GramNoise.Learned
                ? (parts[1] - Parameters[narrow]).clamp(Scalars.Of(LeastLogSigma), Scalars.Of(MostLogSigma))
                : full_like(parts[0], Scalars.Of(Math.Log(Shape.Sigma))));
    }

    private Tensor Run(Block[] blocks, Tensor x, string norm) => _parts.Norm(_parts.Run(blocks, x, Shape.Heads), Parameters[norm]);
}
