using CognitiveTools.Lab.Problems.Generation.Graphs;
using CsCheck;

namespace CognitiveTools.Lab.Tests.Generation;

public sealed class GraphGeneratorTests
{
    [Fact]
    public void The_target_is_reached_in_as_many_hops_as_stated_and_the_other_node_never() =>
        Gen.Select(Gen.ULong, Gen.Bool).Sample(
            (seed, heldOut) =>
            {
                foreach (var graph in new GraphGenerator(seed, heldOut).Draw().Take(5))
                {
                    var distance = Distances(graph);
                    Assert.Equal(graph.Hops, distance[graph.Target]);
                    Assert.InRange(graph.Hops, GraphGenerator.FewestHops, GraphGenerator.MostHops);
                    Assert.False(distance.ContainsKey(graph.Other));
                    for (var k = 1; k <= graph.Frontiers.Count; k++)
                        Assert.Equal(distance.Where(d => d.Value == k).Select(d => d.Key).Order(), graph.Frontiers[k - 1]);
                }
            },
            iter: 200);

    [Fact]
    public void Optimal_nodes_lie_on_a_shortest_way() =>
        Gen.ULong.Sample(
            seed =>
            {
                var graph = new GraphGenerator(seed, heldOut: true).Draw().First();
                var fromRoot = Distances(graph);
                for (var k = 1; k <= graph.Hops; k++)
                {
                    var expected = graph.Frontiers[k - 1].Where(node =>
                        Distances(graph with { Root = node })
                            .GetValueOrDefault(graph.Target, node == graph.Target ? 0 : 99) == graph.Hops - k);
                    Assert.Equal(expected, graph.Optimal(k));
                }

                Assert.Equal(0, fromRoot[graph.Root]);
            },
            iter: 200);

    [Fact]
    public void Held_out_graphs_are_never_training_graphs()
    {
        var trained = new GraphGenerator(1, heldOut: false).Draw().Take(5000).Select(graph => graph.Text).ToHashSet(StringComparer.Ordinal);
        Assert.All(new GraphGenerator(1, heldOut: true).Draw().Take(500), graph => Assert.DoesNotContain(graph.Text, trained));
    }

    // Relaxation over all edges, unlike the breadth-first search it checks.
    private static Dictionary<int, int> Distances(GraphProblem graph)
    {
        var distance = new Dictionary<int, int> { [graph.Root] = 0 };
        for (var round = 0; round < graph.Edges.Count; round++)
        {
            foreach (var (from, to) in graph.Edges)
            {
                if (distance.TryGetValue(from, out var known) && known + 1 < distance.GetValueOrDefault(to, int.MaxValue))
                    distance[to] = known + 1;
            }
        }

        return distance;
    }
}
