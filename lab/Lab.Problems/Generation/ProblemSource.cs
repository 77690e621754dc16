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
    /// <remarks><see cref="Problem.Topic"/> is the family, <see cref="Problem.Difficulty"/> the number of steps.</remarks>
    public static ProblemSet Problems(Split split, ulong seed, int count, params IReadOnlyList<string> families) => new(
        $"generated-{split}-{seed}".ToLowerInvariant(),
        [
            .. new ProblemGenerator(seed, split, families).Distinct(count).Select((problem, i) =>
                new Problem($"{split}-{seed}-{i + 1:0000}".ToLowerInvariant(), problem.Text, $"{problem.Answer}")
                {
                    Topic = problem.Family,
                    Difficulty = $"{problem.Steps}",
                    Source = "generated",
                }),
        ]);

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
