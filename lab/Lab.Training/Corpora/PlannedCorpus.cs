using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Generation.Graphs;
using CognitiveTools.Lab.Problems.ProsQa;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>One corpus file of a <see cref="CorpusPlan"/>.</summary>
/// <param name="File">Its name.</param>
/// <param name="Options">What goes into it.</param>
/// <param name="Graphs">Graphs for the superposition model instead of problems; of the options, seed, count and whether the split is
/// <see cref="Split.Train"/> count then.</param>
internal sealed record PlannedCorpus(string File, CorpusOptions Options, bool Graphs)
{
    /// <summary>Compositions of DataAlchemy instead of problems; of the options the same ones count as for graphs.</summary>
    public IReadOnlyList<IReadOnlyList<Transformation>> Alchemy { get; init; } = [];

    /// <summary>
    /// File of solutions (<c>coglab sample</c>), each of which is examined, in their order and again from the first; of the options the
    /// count counts.
    /// </summary>
    public string? Critiques { get; init; }

    /// <summary>ProsQA instead of problems; of the options the same ones count as for graphs.</summary>
    public ProsFormat? ProsQa { get; init; }

    /// <summary>Whether the graphs of ProsQA are two chains, in which nothing has to be searched.</summary>
    public bool IsChains { get; init; }

    /// <summary>Hops at least of ProsQA.</summary>
    public int FewestHops { get; init; } = ProsGenerator.FewestHops;

    /// <summary>Nodes of ProsQA beyond the published ones; negative for smaller graphs.</summary>
    public int MoreNodes { get; init; }

    private bool IsHeldOut => Options.Split != Split.Train;

    /// <summary>The conversations in it.</summary>
    /// <exception cref="ArgumentException">The options name an unknown format or family.</exception>
    public IEnumerable<Conversation> Converse() => this switch
    {
        { Graphs: true } => new GraphGenerator(Options.Seed, IsHeldOut).Draw().Take(Options.Count).Select(GraphGenerator.Converse),
        { Alchemy.Count: > 0 } => new AlchemyGenerator(Options.Seed, IsHeldOut).Draw(Alchemy).Take(Options.Count)
            .Select(AlchemyGenerator.Converse),
        { ProsQa: { } format } => Pros(format),
        { Critiques: { } file } => Corpus.Endless(file).Take(Options.Count)
            .Select(sample => MiniFormats.Examine(sample.Problem, sample.Flaw)),
        _ => Corpus.Converse(Options),
    };

    private IEnumerable<Conversation> Pros(ProsFormat format)
    {
        var generator = new ProsGenerator(Options.Seed, IsHeldOut);
        var random = SeededRandom.For(Options.Seed, "recited");
        return (IsChains ? generator.DrawChains() : generator.Draw(FewestHops, moreNodes: MoreNodes)).Take(Options.Count).Select(problem =>
            format == ProsFormat.Recite ? problem.Recite(random) : problem.Converse(reasons: format == ProsFormat.Cot));
    }
}
