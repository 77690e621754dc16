using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.ProsQa;
using CognitiveTools.Lab.Problems.Queens;

namespace CognitiveTools.Lab.Training.Cards;

/// <summary>Which problems a figure was measured on.</summary>
/// <param name="Split">A split by name (<c>heldOut</c>, <c>longer</c>, ...), <c>graphs</c>, <c>queens</c>, <c>dataalchemy</c>, or
/// <c>prosqa</c>.</param>
/// <param name="Seed">Seed they are drawn with.</param>
/// <param name="Count">Problems asked for; a small family may have fewer. Of DataAlchemy and ProsQA, problems per cell.</param>
internal sealed record CardData(string Split, ulong Seed, int Count)
{
    /// <summary>Name of the held-out graphs.</summary>
    public const string Graphs = "graphs";

    /// <summary>Name of DataAlchemy's problems.</summary>
    public const string Alchemy = "dataalchemy";

    /// <summary>Name of ProsQA's problems.</summary>
    public const string Pros = "prosqa";

    /// <summary>Name of the held-out boards of queens.</summary>
    public const string Queens = QueensGenerator.Family;

    /// <summary>Families drawn from, or cells of DataAlchemy or ProsQA by name; all when empty.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];

    /// <summary>Wordings of a family that may be used, from its first, and 0 for canonical form; all of the split when
    /// <see langword="null"/>.</summary>
    public int? Wordings { get; init; }

    /// <summary>Primitives at most; the difficulty of a problem is then its number of primitives.</summary>
    public int? MostPrimitives { get; init; }

    /// <summary>Names that <see cref="Split"/> may have.</summary>
    public static IReadOnlyList<string> Splits { get; } = [.. Enum.GetNames<Split>().Select(Camel), Graphs, Alchemy, Pros, Queens];

    /// <summary>How answers to these problems are read.</summary>
    public IAnswerKind Answers => Split switch
    {
        Alchemy or Pros => AnswerKinds.Text,
        Queens => AnswerKinds.Queens,
        _ => AnswerKinds.Integer,
    };

    /// <summary>Draws the problems.</summary>
    /// <exception cref="ArgumentException">There is no such split, family or cell.</exception>
    public ProblemSet Draw() => Split switch
    {
        Graphs => ProblemSource.Graphs(Seed, Count),
        Queens => QueensGenerator.Problems(Seed, Count),
        Alchemy => new ProblemSet($"{Alchemy}-{Seed}", [.. AlchemyCell.Find(Families).SelectMany(cell => cell.Draw(Seed, Count))]),
        Pros => new ProblemSet($"{Pros}-{Seed}", [.. ProsCell.Find(Families).SelectMany(cell => cell.Draw(Seed, Count))]),
        _ when Splits.Contains(Split) => ProblemSource.Problems(
            Enum.Parse<Split>(Split, ignoreCase: true), Seed, Count, Families, Wordings, MostPrimitives),
        _ => throw new ArgumentException($"There is no split '{Split}'; there are {string.Join(", ", Splits)}."),
    };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
