using System.Globalization;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Randomness;

namespace CognitiveTools.Evals.Wandering;

/// <summary>The kinds of search task: drawn, written as problems, and read back.</summary>
public static class WanderingTasks
{
    private const string Source = "wandering";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [WindowMaximum.Kind, PrimeFactors.Kind, MultisetPermutations.Kind, FloodFill.Kind];

    /// <summary>Different tasks of one kind, of all sizes mixed.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
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
            _ => throw new ArgumentException($"There is no task '{name}'; there are {string.Join(", ", Names)}.", nameof(name)),
        };
        return Endless().DistinctBy(task => task.Specification);

        IEnumerable<WanderingTask> Endless()
        {
            // Small kinds run out: after this many draws everything was seen that will be.
            for (var i = 0; i < 200_000; i++)
                yield return draw(random);
        }
    }

    /// <summary>A task as a problem.</summary>
    /// <remarks><see cref="Problem.Topic"/> is the kind, <see cref="Problem.Difficulty"/> the steps to the farthest goal, <see cref="Problem.Source"/> what <see cref="Of"/> reads.</remarks>
    public static Problem Problem(WanderingTask task, int index)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new($"{task.Name}-{index + 1:0000}", task.Text, $"{task.Answer}")
        {
            Topic = task.Name,
            Difficulty = task.Goals.Values.Max().ToString(CultureInfo.InvariantCulture),
            Source = $"{Source} {task.Name} {task.Specification}",
        };
    }

    /// <summary>The task of a problem.</summary>
    /// <exception cref="InvalidDataException">The problem's source names none.</exception>
    public static WanderingTask Of(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var parts = problem.Source?.Split(' ', 3) ?? [];
        return parts is [Source, var name, var specification] && Names.Contains(name)
            ? Parse(name, specification)
            : throw new InvalidDataException($"Problem '{problem.Id}' is no wandering task: its source must be '{Source} KIND SPECIFICATION'. Write the file with coglab data generate wandering.");
    }

    /// <summary>Reads <see cref="WanderingTask.Specification"/>.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="specification">The specification.</param>
    /// <exception cref="FormatException">It is none of that kind.</exception>
    public static WanderingTask Parse(string name, string specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        switch (name)
        {
            case WindowMaximum.Kind when specification.Split(';') is [var numbers, var width]:
                return new WindowMaximum([.. numbers.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture))], int.Parse(width, CultureInfo.InvariantCulture));
            case PrimeFactors.Kind:
                return new PrimeFactors(int.Parse(specification, CultureInfo.InvariantCulture));
            case MultisetPermutations.Kind when specification.Length > 0:
                return new MultisetPermutations(specification);
            case FloodFill.Kind when specification.Length > 0:
                return new FloodFill(specification.Split('/'));
            default:
                throw new FormatException($"'{specification}' is no task of the kind '{name}'.");
        }
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

        // Two cells in the upper left corner are always open, so that there is something to find.
        return new([.. Enumerable.Range(0, rows).Select(row => string.Concat(Enumerable.Range(0, columns).Select(column => row + (column / 2) > 0 && random.Percent(35) ? '#' : '.')))]);
    }
}
