using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Problems;
using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.ProsQa;
using CognitiveTools.Lab.Problems.Queens;

namespace CognitiveTools.Lab.Training.Cards;

/// <summary>Which problems a figure was measured on.</summary>
/// <param name="Split">A split by name (<c>heldOut</c>, <c>longer</c>, ...), <c>graphs</c>, <c>queens</c>, or one of
/// <see cref="GeneralizationSuites"/>.</param>
/// <param name="Seed">Seed they are drawn with.</param>
/// <param name="Count">Problems asked for; a small family may have fewer. Of a suite, instances of each of its parts.</param>
internal sealed record CardData(string Split, ulong Seed, int Count)
{
    /// <summary>Name of the held-out graphs.</summary>
    public const string Graphs = "graphs";

    /// <summary>Name of the held-out boards of queens.</summary>
    public const string Queens = QueensGenerator.Family;

    /// <summary>Families drawn from, cells of DataAlchemy or ProsQA, or topics of another suite; all when empty.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];

    /// <summary>Wordings of a family that may be used, from its first, and 0 for canonical form; all of the split when
    /// <see langword="null"/>.</summary>
    public int? Wordings { get; init; }

    /// <summary>Primitives at most; the difficulty of a problem is then its number of primitives.</summary>
    public int? MostPrimitives { get; init; }

    /// <summary>Names that <see cref="Split"/> may have.</summary>
    public static IReadOnlyList<string> Splits { get; } =
        [.. Enum.GetNames<Split>().Select(Camel), Graphs, Queens, .. GeneralizationSuites.Names];

    /// <summary>How answers to these problems are read.</summary>
    public IAnswerKind Answers => Split switch
    {
        GeneralizationSuites.Alchemy or GeneralizationSuites.Pros => AnswerKinds.Text,
        GeneralizationSuites.Families or GeneralizationSuites.SmallFamilies => AnswerKinds.Text,
        Queens => AnswerKinds.Queens,
        _ => AnswerKinds.Integer,
    };

    /// <summary>Draws the problems.</summary>
    /// <exception cref="ArgumentException">There is no such split, family, cell or topic.</exception>
    public ProblemSet Draw() => Split switch
    {
        Graphs => ProblemSource.Graphs(Seed, Count),
        Queens => QueensGenerator.Problems(Seed, Count),
        GeneralizationSuites.Alchemy => new ProblemSet($"{Split}-{Seed}", [.. AlchemyCell.Find(Families).SelectMany(Of)]),
        GeneralizationSuites.Pros => new ProblemSet($"{Split}-{Seed}", [.. ProsCell.Find(Families).SelectMany(Of)]),
        _ when GeneralizationSuites.Names.Contains(Split) => OfTopics(GeneralizationSuites.Draw(Split, Seed, Count)),
        _ when Splits.Contains(Split) => ProblemSource.Problems(
            Enum.Parse<Split>(Split, ignoreCase: true), Seed, Count, Families, Wordings, MostPrimitives),
        _ => throw new ArgumentException($"There is no split '{Split}'; there are {string.Join(", ", Splits)}."),
    };

    private IEnumerable<Problem> Of(AlchemyCell cell) => cell.Draw(Seed, Count);

    private IEnumerable<Problem> Of(ProsCell cell) => cell.Draw(Seed, Count);

    private ProblemSet OfTopics(ProblemSet set)
    {
        string[] topics = [.. set.Problems.Select(static problem => problem.Topic).OfType<string>().Distinct()];
        if (Families.Except(topics).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"The suite '{Split}' has no topic '{unknown}'; there are {string.Join(", ", topics)}.");
        return Families.Count == 0
            ? set
            : new ProblemSet(set.Name, [.. set.Problems.Where(problem => Families.Contains(problem.Topic))]);
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
