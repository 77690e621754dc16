using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Generation.Families;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Shifted;

/// <summary>
/// Problems in words whose solution is a chain, moved away in one way from those whose steps were taught (suite <c>the-question</c>).
/// </summary>
/// <param name="Name">Its name, the topic of its problems.</param>
/// <param name="Rewarded">The split of problems that answers may be rewarded on; <see langword="null"/> when none may be.</param>
/// <param name="HeldOut">The split of problems that are asked.</param>
/// <param name="Families">Families drawn from.</param>
internal sealed record ShiftedCell(string Name, Split? Rewarded, Split HeldOut, IReadOnlyList<string> Families)
{
    // One thought for each primitive was taught; longer problems have more.
    private const int MostPrimitives = 12;

    private const string OtherWords = "other lexicon";

    private static readonly string[] Chains = ["recurrence", "power", "congruence", Chain.FamilyName];

    /// <summary>All cells. Of what is rewarded and what is asked no problem is the same: a hash of the canonical form decides.</summary>
    public static IReadOnlyList<ShiftedCell> All { get; } =
    [
        new("in distribution", Split.Train, Split.HeldOut, Chains),
        new("longer", Split.Longer, Split.Longer, Chains),
        new("reworded", null, Split.Reworded, Chains),
        new("recomposed", null, Split.Recomposed, [Chain.FamilyName]),
        new(OtherWords, Split.Train, Split.HeldOut, Chains),
    ];

    /// <summary>Cells by name, in the order given.</summary>
    /// <exception cref="ArgumentException">There is no such cell.</exception>
    public static IReadOnlyList<ShiftedCell> Find(IReadOnlyList<string> names) => [.. names.Select(name =>
        All.FirstOrDefault(cell => cell.Name == name)
            ?? throw new ArgumentException($"There is no cell '{name}'; there are {string.Join(", ", All.Select(cell => cell.Name))}."))];

    /// <summary>The problems that are asked, all different; the difficulty is their number of primitives.</summary>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="count">Problems.</param>
    public IEnumerable<Problem> Problems(ulong seed, int count) => Draw(seed, heldOut: true).DistinctBy(static problem => problem.Canonical)
        .Take(count)
        .Select((problem, i) => new Problem($"{Name.Replace(' ', '-')}-{i + 1:0000}", problem.Text, $"{problem.Answer}")
        {
            Topic = Name,
            Difficulty = $"{problem.Primitives}",
            Source = "generated",
        });

    /// <summary>Requests for worked solutions and answers without them, each from one of the cells at random, without end.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="heldOut">The problems that are asked, or those that are rewarded.</param>
    /// <exception cref="ArgumentException">Nothing of a cell may be rewarded.</exception>
    public static IEnumerable<Conversation> Converse(IReadOnlyList<ShiftedCell> cells, ulong seed, bool heldOut)
    {
        var random = SeededRandom.For(seed, "cells");
        var sources = cells.Select(cell => cell.Draw(seed, heldOut).GetEnumerator()).ToArray();
        while (true)
        {
            var source = random.Pick(sources);
            source.MoveNext();
            yield return MiniFormats.Answered(source.Current);
        }
    }

    /// <summary>Problems without end; the same one may come twice.</summary>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="heldOut">The problems that are asked, or those that are rewarded.</param>
    /// <exception cref="ArgumentException">Nothing of the cell may be rewarded.</exception>
    internal IEnumerable<GeneratedProblem> Draw(ulong seed, bool heldOut)
    {
        var split = heldOut ? HeldOut : Rewarded
            ?? throw new ArgumentException($"The cell '{Name}' is only asked; leave it out, or draw with the split heldOut.");
        var problems = new ProblemGenerator(StableHash.Of($"{seed} {Name}"), split, Families).Draw();
        // Longer problems are all of one split, so they are divided here; pairs that were never taught are never rewarded.
        problems = split == Split.Longer
            ? problems.Where(problem => ProblemGenerator.IsHeldOut(problem.Canonical) == heldOut)
            : problems.Where(static problem => problem.Primitives <= MostPrimitives);
        return Name == OtherWords ? problems.Select(static problem => problem with { Text = OtherLexicon.Of(problem.Text) }) : problems;
    }
}
