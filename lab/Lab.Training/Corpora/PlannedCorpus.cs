using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Generation.Graphs;
using CognitiveTools.Lab.Problems.Mixture;
using CognitiveTools.Lab.Problems.Queens;
using CognitiveTools.Lab.Problems.Shifted;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>One corpus file of a <see cref="CorpusPlan"/>.</summary>
/// <param name="File">Its name.</param>
/// <param name="Options">What goes into it.</param>
/// <param name="Graphs">Graphs for the superposition model instead of problems; of the options, seed, count and whether the split is
/// <see cref="Split.Train"/> count then.</param>
internal sealed record PlannedCorpus(string File, CorpusOptions Options, bool Graphs)
{
    /// <summary>Boards of queens instead of problems; of the options the same ones count as for graphs.</summary>
    public bool Queens { get; init; }

    /// <summary>Compositions of DataAlchemy instead of problems; of the options the same ones count as for graphs.</summary>
    public IReadOnlyList<IReadOnlyList<Transformation>> Alchemy { get; init; } = [];

    /// <summary>
    /// File of solutions (<c>coglab sample</c>), each of which is examined, in their order and again from the first; of the options the
    /// count counts.
    /// </summary>
    public string? Critiques { get; init; }

    /// <summary>ProsQA instead of problems; of the options the same ones count as for graphs.</summary>
    public ProsCorpus? ProsQa { get; init; }

    /// <summary>
    /// Problems with their work line by line; of the options seed, count, formats, the most lines and whether the split is
    /// <see cref="Split.Train"/> count then.
    /// </summary>
    public TracedCorpus? Traced { get; init; }

    /// <summary>Procedures and facts instead of problems; of the options seed and count count then.</summary>
    public MixturePart? Mixture { get; init; }

    /// <summary>Answers to the problems of these cells instead; of the options the same ones count as for graphs.</summary>
    public IReadOnlyList<ShiftedCell> Cells { get; init; } = [];

    private bool IsHeldOut => Options.Split != Split.Train;

    /// <summary>The conversations in it.</summary>
    /// <exception cref="ArgumentException">The options name an unknown format or family.</exception>
    public IEnumerable<Conversation> Converse() => this switch
    {
        { Graphs: true } => new GraphGenerator(Options.Seed, IsHeldOut).Draw().Take(Options.Count).Select(GraphGenerator.Converse),
        { Queens: true } => QueensGenerator.Converse(Options.Seed, IsHeldOut).Take(Options.Count),
        { Alchemy.Count: > 0 } => new AlchemyGenerator(Options.Seed, IsHeldOut).Draw(Alchemy).Take(Options.Count)
            .Select(AlchemyGenerator.Converse),
        { ProsQa: { } pros } => pros.Converse(Options.Seed, IsHeldOut).Take(Options.Count),
        { Traced: { } traced } => traced.Converse(Options),
        { Critiques: { } file } => Corpus.Endless(file).Take(Options.Count)
            .Select(sample => MiniFormats.Examine(sample.Problem, sample.Flaw)),
        { Cells.Count: > 0 } => ShiftedCell.Converse(Cells, Options.Seed, IsHeldOut).Take(Options.Count),
        { Mixture: MixturePart.Records } => Mixed.Records(Options.Seed, Options.Count),
        { Mixture: MixturePart.Queries } => Mixed.Queries(Options.Seed, Options.Count),
        _ => Corpus.Converse(Options),
    };
}
