using CognitiveTools.Lab.Problems.FamilyTrees;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Traced;
using CognitiveTools.Lab.Problems.Wandering;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>Conversations about problems whose work is written line by line.</summary>
/// <param name="family">One of <see cref="Families"/>.</param>
internal sealed class TracedCorpus(string family)
{
    private const string Recital = "recall", Facts = "facts";

    // In percent, of work that is handed to backtracking.
    private const int Flawed = 50;

    /// <summary>What such problems are about.</summary>
    public static IReadOnlyList<string> Families { get; } = [FamilyGenerator.Family, WanderingLessons.Family];

    /// <summary>The formats of a family.</summary>
    public IReadOnlyList<string> Formats { get; } =
        ["direct", "cot", "backtrack", "loop", .. family == FamilyGenerator.Family ? (string[])[Recital, Facts] : []];

    /// <summary>Draws conversations; the same options give the same ones on every platform.</summary>
    /// <param name="options">Of them seed, count, formats, the most lines, and whether the split is <see cref="Split.Train"/>.</param>
    /// <exception cref="ArgumentException">A format is unknown or the shares add up to nothing.</exception>
    public IEnumerable<Conversation> Converse(CorpusOptions options)
    {
        if (options.Formats.Keys.FirstOrDefault(name => !Formats.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new ArgumentException(
                $"There is no format '{unknown}' of {family}; there are {string.Join(", ", Formats)}.", nameof(options));
        }

        var formats = Formats.SelectMany(name => Enumerable.Repeat(name, options.Formats.GetValueOrDefault(name))).ToArray();
        if (formats.Length == 0)
            throw new ArgumentException(
                "The shares of the formats add up to nothing; give at least one a positive share.", nameof(options));
        return Draw(options, formats);
    }

    private IEnumerable<Conversation> Draw(CorpusOptions options, string[] formats)
    {
        var random = SeededRandom.For(options.Seed, $"formats of {family}");
        var heldOut = options.Split != Split.Train;
        var all = family == FamilyGenerator.Family
            ? FamilyLessons.Draw(options.Seed, heldOut) : WanderingLessons.Draw(options.Seed, heldOut);
        using var problems = all.Where(problem => problem.Lines.Count <= (options.MostSteps ?? int.MaxValue)).GetEnumerator();
        using var recitals = FamilyLessons.Recite(options.Seed ^ 1, heldOut).GetEnumerator();
        using var facts = FamilyLessons.ReciteFacts(options.Seed ^ 1).GetEnumerator();
        for (var i = 0; i < options.Count; i++)
        {
            var format = random.Pick(formats);
            yield return format switch
            {
                Recital => Next(recitals),
                Facts => Next(facts),
                _ => Converse(format, Next(problems), random),
            };
        }
    }

    private static T Next<T>(IEnumerator<T> endless)
    {
        endless.MoveNext();
        return endless.Current;
    }

    private static Conversation Converse(string format, TracedProblem problem, SeededRandom random) => format switch
    {
        "direct" => problem.Direct(),
        "cot" => problem.ChainOfThought(),
        "backtrack" => problem.Backtrack(Flaw(problem, random)),
        _ => problem.Loop(Flaw(problem, random), random),
    };

    private static TraceFlaw? Flaw(TracedProblem problem, SeededRandom random) =>
        random.Percent(Flawed) ? TraceFlaw.Plant(problem.Lines, random) : null;
}
