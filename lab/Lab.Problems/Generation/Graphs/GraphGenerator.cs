using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Graphs;

/// <summary>Draws graphs in which two roots each reach nodes that the other does not, after the ProsQA generator.</summary>
/// <param name="seed">Fixes everything drawn.</param>
/// <param name="heldOut">Graphs never trained on, or graphs to train on; a hash of the text decides.</param>
/// <param name="nodes">Nodes per graph, at least 8.</param>
internal sealed class GraphGenerator(ulong seed, bool heldOut, int nodes = 10)
{
    /// <summary>Hops to the target at least.</summary>
    public const int FewestHops = 2;

    /// <summary>Hops to the target at most.</summary>
    public const int MostHops = 4;

    // Labels are drawn from more numbers than there are nodes, so that a label says nothing.
    private const int LargestLabel = 20;
    private const ulong HeldOutShare = 8;

    private readonly SeededRandom _random = SeededRandom.For(seed, heldOut ? "graphs held out" : "graphs");

    /// <summary>Graphs without end.</summary>
    public IEnumerable<GraphProblem> Draw()
    {
        while (true)
        {
            if (TryDraw(_random.Between(FewestHops, MostHops)) is { } graph && StableHash.Of(graph.Text) % HeldOutShare == 0 == heldOut)
                yield return graph;
        }
    }

    /// <summary>The training conversation: frontier after frontier, then the answer.</summary>
    public static Conversation Converse(GraphProblem graph) => new(
        MiniFormats.Graph,
        MiniFormats.Graph,
        graph.Hops,
        0,
        [
            new Passage(Role.System, "latent"),
            new Passage(Role.User, graph.Text),
            new Passage(Role.Assistant,
                $"{string.Join(';', graph.Frontiers.Select(frontier => string.Join(',', frontier)))}\n"
                    + $"{MiniFormats.AnswerMark}{graph.Target}", Learn: true),
        ]);

    private GraphProblem? TryDraw(int hops)
    {
        var labels = Enumerable.Range(1, LargestLabel).ToArray();
        _random.Shuffle(labels);

        // Nodes 0 and 1 are the roots; every later node hangs off earlier ones of one side, rarely off two of them.
        var side = new int[nodes];
        side[1] = 1;
        var edges = new List<(int From, int To)>();
        for (var node = 2; node < nodes; node++)
        {
            side[node] = _random.Below(2);
            var parents = Enumerable.Range(0, node).Where(earlier => side[earlier] == side[node]).ToList();
            _random.Shuffle(parents);

            // The latest node is the likeliest parent: otherwise graphs would be shallow.
            edges.Add((_random.Percent(50) ? parents.Max() : parents[0], node));
            if (parents.Count > 1 && _random.Percent(35) && !edges.Contains((parents[1], node)))
                edges.Add((parents[1], node));
        }

        var shown = edges.Distinct().Select(edge => (labels[edge.From], labels[edge.To])).ToList();
        _random.Shuffle(shown);
        var others = Enumerable.Range(2, nodes - 2).Where(node => side[node] == 1).ToArray();
        if (others.Length == 0)
            return null;
        var candidate = new GraphProblem(shown, labels[0], labels[0], labels[_random.Pick(others)], _random.Percent(50));
        return candidate.Frontiers.Count < hops ? null : candidate with { Target = _random.Pick(candidate.Frontiers[hops - 1]) };
    }
}
