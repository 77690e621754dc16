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
    private const string Alchemy = "dataalchemy";
    private const string Families = "family-trees";
    private const string Pros = "prosqa";
    private const string Search = "wandering";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Alchemy, Families, Pros, Search];

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
            Families =>
            [
                .. Enum.GetValues<FamilyQuestion>()
                    .SelectMany(question => new FamilyGenerator(seed, question).Draw().Take(count))
                    .SelectMany(instance => Enum.GetValues<Lexicon>().Select(lexicon => FamilyText.Problem(instance, lexicon, seed))),
            ],
            Pros => [.. ProsCell.All.SelectMany(cell => cell.Draw(seed, count))],
            Search =>
            [
                .. WanderingTasks.Names
                    .SelectMany(task => WanderingGenerator.Draw(task, seed).Take(count).Select(WanderingTasks.Problem)),
            ],
            _ => throw new ArgumentException($"There is no suite '{name}'; there are {string.Join(", ", Names)}.", nameof(name)),
        });
    }
}
