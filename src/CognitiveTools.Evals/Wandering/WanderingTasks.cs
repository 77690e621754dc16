using System.Globalization;
using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Evals.Wandering;

/// <summary>The kinds of search task, written as problems and read back.</summary>
internal static class WanderingTasks
{
    private const string Source = "wandering";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [WindowMaximum.Kind, PrimeFactors.Kind, MultisetPermutations.Kind, FloodFill.Kind];

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
}
