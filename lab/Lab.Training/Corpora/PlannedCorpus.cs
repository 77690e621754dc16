using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Generation.Graphs;
using CognitiveTools.Lab.Problems.Mixture;

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

    /// <summary>ProsQA instead of problems; of the options the same ones count as for graphs.</summary>
    public ProsCorpus? ProsQa { get; init; }

    /// <summary>Procedures and facts instead of problems; of the options seed and count count then.</summary>
    public MixturePart? Mixture { get; init; }

    private bool IsHeldOut => Options.Split != Split.Train;

    /// <summary>The conversations in it.</summary>
    /// <exception cref="ArgumentException">The options name an unknown format or family.</exception>
    public IEnumerable<Conversation> Converse() => this switch
    {
        { Graphs: true } => new GraphGenerator(Options.Seed, IsHeldOut).Draw().Take(Options.Count).Select(GraphGenerator.Converse),
        { Alchemy.Count: > 0 } => new AlchemyGenerator(Options.Seed, IsHeldOut).Draw(Alchemy).Take(Options.Count)
            .Select(AlchemyGenerator.Converse),
        { ProsQa: { } pros } => pros.Converse(Options.Seed, IsHeldOut).Take(Options.Count),
        { Mixture: MixturePart.Records } => Mixed.Records(Options.Seed, Options.Count),
        { Mixture: MixturePart.Queries } => Mixed.Queries(Options.Seed, Options.Count),
        _ => Corpus.Converse(Options),
    };
}
