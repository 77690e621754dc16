using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Problems.Generation.Graphs;

namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>Generated problems as a problem set for suites and cards.</summary>
internal static class ProblemSource
{
    /// <summary>Different problems of a split; the same arguments give the same set on every platform.</summary>
    /// <param name="split">The split.</param>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="count">Problems at most; small families run out.</param>
    /// <param name="families">Names from <see cref="FamilyCatalog.Names"/>; all when empty.</param>
    /// <param name="wordings">Wordings of a family that may be used, from its first; 0 for canonical form, all by default.</param>
    /// <param name="mostPrimitives">Primitives at most; the difficulty of a problem is then its number of primitives.</param>
    /// <remarks><see cref="Problem.Topic"/> is the family, <see cref="Problem.Difficulty"/> the number of steps.</remarks>
    public static ProblemSet Problems(
        Split split, ulong seed, int count, IReadOnlyList<string> families, int? wordings = null, int? mostPrimitives = null)
    {
        var problems = new ProblemGenerator(seed, split, families).Distinct(count, mostPrimitives);
        return new ProblemSet(
            $"generated-{split}-{seed}".ToLowerInvariant(), [.. problems.Select((problem, i) => Worded(problem, $"{i + 1:0000}"))]);

        Problem Worded(GeneratedProblem problem, string number) => new(
            $"{split}-{seed}-{number}".ToLowerInvariant(), problem.InFirstWordings(wordings ?? int.MaxValue).Text, $"{problem.Answer}")
        {
            Topic = problem.Family,
            Difficulty = $"{(mostPrimitives is null ? problem.Steps : problem.Primitives)}",
            Source = "generated",
        };
    }

    /// <summary>Held-out graphs for the superposition model.</summary>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="count">Graphs.</param>
    /// <remarks><see cref="Problem.Difficulty"/> is the number of hops to the target.</remarks>
    public static ProblemSet Graphs(ulong seed, int count) => new(
        $"graphs-{seed}",
        [
            .. new GraphGenerator(seed, heldOut: true).Draw().DistinctBy(graph => graph.Text).Take(count)
                .Select((graph, i) => new Problem($"graph-{seed}-{i + 1:0000}", graph.Text, $"{graph.Target}")
                {
                    Topic = MiniFormats.Graph,
                    Difficulty = $"{graph.Hops}",
                    Source = "generated",
                }),
        ]);
}
