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
    /// <remarks>
    /// <see cref="Problem.Topic"/> is the kind, <see cref="Problem.Difficulty"/> the steps to the farthest goal,
    /// <see cref="Problem.Source"/> what <see cref="Of"/> reads.
    /// </remarks>
    public static Problem Problem(WanderingTask task, int index)
    {
        return new($"{task.Name}-{index + 1:0000}", task.Text, $"{task.Answer}")
        {
            Topic = task.Name,
            Difficulty = task.Goals.Values.Max().ToString(CultureInfo.InvariantCulture),
            Source = $"{Source} {task.Name} {task.Specification}",
        };
    }

    /// <summary>The task of a problem.</summary>
    /// <exception cref="InvalidDataException">The problem's source does not name a task.</exception>
    public static WanderingTask Of(Problem problem)
    {
        var parts = problem.Source?.Split(' ', 3) ?? [];
        return parts is [Source, var name, var specification] && Names.Contains(name)
            ? Parse(name, specification)
            : throw new InvalidDataException(
                $"Problem '{problem.Id}' is not a wandering task: its source must be '{Source} KIND SPECIFICATION'. "
                + "Write the file with coglab data generate wandering.");
    }

    /// <summary>Reads <see cref="WanderingTask.Specification"/>.</summary>
    /// <exception cref="FormatException">It does not describe a task of that kind.</exception>
    public static WanderingTask Parse(string name, string specification)
    {
        switch (name)
        {
            case WindowMaximum.Kind when specification.Split(';') is [var numbers, var width]:
                return new WindowMaximum([.. numbers.Split(' ').Select(Whole)], Whole(width));
            case PrimeFactors.Kind:
                return new PrimeFactors(Whole(specification));
            case MultisetPermutations.Kind when specification.Length > 0:
                return new MultisetPermutations(specification);
            case FloodFill.Kind when specification.Length > 0:
                return new FloodFill(specification.Split('/'));
            default:
                throw new FormatException($"'{specification}' is not a task of the kind '{name}'.");
        }
    }

    private static int Whole(string number) => int.Parse(number, CultureInfo.InvariantCulture);
}
