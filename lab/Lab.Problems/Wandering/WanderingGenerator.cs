using CognitiveTools.Evals.Wandering;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Wandering;

/// <summary>Draws search tasks.</summary>
internal static class WanderingGenerator
{
    // Small kinds run out: after this many draws every task of them has come.
    private const int MostDraws = 200_000;

    /// <summary>Different tasks of one kind, of all sizes mixed.</summary>
    /// <param name="name">One of <see cref="WanderingTasks.Names"/>.</param>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static IEnumerable<WanderingTask> Draw(string name, ulong seed)
    {
        var random = SeededRandom.For(seed, $"wandering {name}");
        Func<SeededRandom, WanderingTask> draw = name switch
        {
            WindowMaximum.Kind => Windows,
            PrimeFactors.Kind => one => new PrimeFactors(one.Between(12, 5000)),
            MultisetPermutations.Kind => Letters,
            FloodFill.Kind => Map,
            _ => throw new ArgumentException(
                $"There is no task '{name}'; there are {string.Join(", ", WanderingTasks.Names)}.", nameof(name)),
        };
        return Enumerable.Range(0, MostDraws).Select(_ => draw(random)).DistinctBy(task => task.Specification);
    }

    private static WindowMaximum Windows(SeededRandom random) =>
        new([.. Enumerable.Range(0, random.Between(5, 14)).Select(_ => random.Between(1, 60))], random.Between(2, 4));

    private static MultisetPermutations Letters(SeededRandom random)
    {
        var length = random.Between(3, 5);
        var kinds = random.Between(2, length - 1);
        var alphabet = Enumerable.Range('A', 26).Select(code => (char)code).ToList();
        random.Shuffle(alphabet);
        return new(string.Concat(Enumerable.Range(0, length).Select(i => alphabet[i < kinds ? i : random.Below(kinds)]).Order()));
    }

    private static FloodFill Map(SeededRandom random)
    {
        var (rows, columns) = (random.Between(3, 6), random.Between(3, 6));
        return new([.. Enumerable.Range(0, rows).Select(Row)]);

        string Row(int row) => string.Concat(Enumerable.Range(0, columns).Select(column => Cell(row, column)));

        // Two cells in the upper left corner are always open, so that there is something to find.
        char Cell(int row, int column) => row + (column / 2) > 0 && random.Percent(35) ? '#' : '.';
    }
}
