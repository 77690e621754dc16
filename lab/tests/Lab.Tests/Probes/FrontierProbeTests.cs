using CognitiveTools.Lab.Problems.Generation.Graphs;
using CognitiveTools.Lab.Training.Probes;

namespace CognitiveTools.Lab.Tests.Probes;

public sealed class FrontierProbeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_that_thinks_the_whole_frontier_at_once_is_recognised()
    {
        var rows = await Probe(static (graph, hops) => graph.Frontiers.ElementAtOrDefault(hops - 1) ?? [])
            .MeasureAsync(5, 60, 3, Token);

        Assert.Equal([1, 2, 3], rows.Select(r => r.Thought));
        Assert.All(rows, row => Assert.Equal((0.0, 1.0, 1.0, 1.0), (row.Unreachable, row.Frontier, row.Optimal, row.Auc)));
        Assert.Equal(1, rows[0].Reachable);
        Assert.InRange(rows[2].Reachable, 0.1, 0.9); // earlier frontiers count as reachable and are no longer thought of
        Assert.Equal(60, rows[0].Graphs);
    }

    [Fact]
    public async Task A_model_that_thinks_nothing_or_the_wrong_nodes_is_recognised_too()
    {
        Assert.All(await Probe(static (_, _) => []).MeasureAsync(5, 30, 2, Token), row =>
            Assert.Equal((0.0, 0.5), (row.Frontier, row.Auc)));

        var wrong = await Probe(static (graph, hops) => [.. graph.Nodes.Except(graph.Frontiers.ElementAtOrDefault(hops - 1) ?? [])])
            .MeasureAsync(5, 30, 2, Token);
        Assert.All(wrong, row => Assert.Equal((0.0, 0.0), (row.Frontier, row.Auc)));
    }

    private static FrontierProbe Probe(Func<GraphProblem, int, IReadOnlyList<int>> think) => new(
        new ThoughtOracle((asked, number) => think(Read(asked), number)),
        static text => [new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.User, text)],
        ThoughtOracle.Begin);

    private static GraphProblem Read(string text)
    {
        var parts = text.Split(';');
        var candidates = parts[1].Split(',').Select(int.Parse).ToArray();
        return new GraphProblem(
            [.. parts[0].Split(',').Select(edge => edge.Split('>')).Select(e => (int.Parse(e[0]), int.Parse(e[1])))],
            int.Parse(parts[2]), candidates[0], candidates[1], true);
    }
}
