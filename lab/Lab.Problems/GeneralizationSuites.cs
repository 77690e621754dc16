using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Wandering;
using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.FamilyTrees;
using CognitiveTools.Lab.Problems.ProsQa;
using CognitiveTools.Lab.Problems.Wandering;

namespace CognitiveTools.Lab.Problems;

/// <summary>The suites of generated problems that probe how far a way of thinking carries (docs/generalization.md).</summary>
internal static class GeneralizationSuites
{
    /// <summary>DataAlchemy.</summary>
    public const string Alchemy = "dataalchemy";

    /// <summary>Family trees in four lexicons.</summary>
    public const string Families = "family-trees";

    /// <summary>ProsQA.</summary>
    public const string Pros = "prosqa";

    /// <summary>Family trees of few people.</summary>
    public const string SmallFamilies = "small-families";

    private const string Search = "wandering";
    private const string ShortSearches = "short-searches";
    private const string LongerSearches = "longer-searches";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Alchemy, Families, Pros, Search, SmallFamilies, ShortSearches, LongerSearches];

    /// <summary>A suite's problems; the same arguments give the same problems on every platform.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="count">Instances per cell, per kind of question (four lexicons each), or per task.</param>
    /// <exception cref="ArgumentException">There is no such suite.</exception>
    public static ProblemSet Draw(string name, ulong seed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new ProblemSet($"{name}-{seed}", name switch
        {
            Alchemy => [.. AlchemyCell.Published.SelectMany(cell => cell.Draw(seed, count))],
            Families => [.. InFourLexicons(Enum.GetValues<FamilyQuestion>(), FamilySizes.Large, null)],
            SmallFamilies => [.. InFourLexicons(FamilyLessons.Questions, FamilySizes.Small, true)],
            Pros => [.. ProsCell.All.SelectMany(cell => cell.Draw(seed, count))],
            Search =>
            [
                .. WanderingTasks.Names
                    .SelectMany(task => WanderingGenerator.Draw(task, seed).Take(count).Select(WanderingTasks.Problem)),
            ],
            ShortSearches => [.. HeldOutSearches(WanderingLessons.Kinds, isLonger: false)],
            LongerSearches => [.. HeldOutSearches(WanderingLessons.LongerKinds, isLonger: true)],
            _ => throw new ArgumentException($"There is no suite '{name}'; there are {string.Join(", ", Names)}.", nameof(name)),
        });

        IEnumerable<Problem> InFourLexicons(IEnumerable<FamilyQuestion> questions, FamilySizes sizes, bool? heldOut) => questions
            .SelectMany(question => new FamilyGenerator(seed, question, sizes, heldOut).Draw().Take(count))
            .SelectMany(instance => Enum.GetValues<Lexicon>().Select(lexicon => FamilyText.Problem(instance, lexicon, seed)));

        IEnumerable<Problem> HeldOutSearches(IEnumerable<string> kinds, bool isLonger) => kinds.SelectMany(kind =>
            WanderingLessons.Draw(kind, seed, heldOut: true, isLonger).Take(count).Select(WanderingTasks.Problem));
    }
}
