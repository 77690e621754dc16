using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>People in generations; all have two parents except the founders and those who married in.</summary>
/// <param name="Males">Whether person i is male.</param>
/// <param name="Parents">Parent and child, by number.</param>
internal sealed record FamilyTree(IReadOnlyList<bool> Males, IReadOnlyList<(int Parent, int Child)> Parents)
{
    private const int MostChildren = 3;

    /// <summary>The given facts: who is a parent of whom, and the sex of each.</summary>
    public IReadOnlyList<Atom<int>> Facts =>
    [
        .. Parents.Select(pair => new Atom<int>("parentOf", pair.Parent, pair.Child)),
        .. Males.Select((male, person) => new Atom<int>(male ? "male" : "female", person, null)),
    ];

    /// <summary>Draws a tree.</summary>
    /// <param name="random">Decides everything.</param>
    /// <param name="generations">Generations, at least 2.</param>
    /// <param name="people">People at most, at least 4.</param>
    public static FamilyTree Draw(SeededRandom random, int generations, int people)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(generations, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(people, 4);
        var males = new List<bool> { random.Percent(50) };
        var parents = new List<(int, int)>();
        var generation = new List<int> { 0 };
        for (var depth = 1; depth < generations; depth++)
        {
            var next = new List<int>();
            foreach (var person in generation)
            {
                // The first of a generation always has children, so that the tree gets its depth.
                var children = person == generation[0] ? random.Between(1, MostChildren) : random.Between(0, MostChildren);
                if (children == 0 || males.Count + 1 + children > people)
                    continue;
                var partner = males.Count;
                males.Add(!males[person]);
                for (var i = 0; i < children; i++)
                {
                    parents.Add((person, males.Count));
                    parents.Add((partner, males.Count));
                    next.Add(males.Count);
                    males.Add(random.Percent(50));
                }
            }

            generation = next;
            if (generation.Count == 0)
                break;
        }

        return new FamilyTree(males, parents);
    }
}
