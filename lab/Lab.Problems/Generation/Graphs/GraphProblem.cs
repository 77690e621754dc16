namespace CognitiveTools.Lab.Problems.Generation.Graphs;

/// <summary>
/// A directed graph, a root, and two nodes of which the root reaches one: the task on which continuous thoughts provably
/// help (Zhu et al. 2025, arXiv 2505.12514).
/// </summary>
/// <param name="Edges">The arrows in the order shown.</param>
/// <param name="Root">Where the search starts.</param>
/// <param name="Target">The node that is reached.</param>
/// <param name="Other">The node that is not.</param>
/// <param name="TargetFirst">Whether the text names the target before the other.</param>
internal sealed record GraphProblem(
    IReadOnlyList<(int From, int To)> Edges, int Root, int Target, int Other, bool TargetFirst)
{
    // Depends on the edges and the root only.
    private IReadOnlyList<IReadOnlyList<int>>? _frontiers;

    /// <summary>The problem as the model sees it: arrows; the two candidates; the root.</summary>
    public string Text =>
        $"{string.Join(',', Edges.Select(edge => $"{edge.From}>{edge.To}"))};"
            + $"{(TargetFirst ? Target : Other)},{(TargetFirst ? Other : Target)};{Root}";

    /// <summary>All nodes, in order of their labels.</summary>
    public IReadOnlyList<int> Nodes => [.. Edges.SelectMany(edge => new[] { edge.From, edge.To }).Distinct().Order()];

    /// <summary>Item k - 1: the nodes that are exactly k hops from the root.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Frontiers => _frontiers ??= Search();

    /// <summary>Hops from the root to the target.</summary>
    public int Hops => Frontiers.TakeWhile(frontier => !frontier.Contains(Target)).Count() + 1;

    /// <summary>The nodes of a frontier that lie on a shortest way to the target.</summary>
    /// <param name="hops">1 to <see cref="Hops"/>.</param>
    public IReadOnlyList<int> Optimal(int hops)
    {
        IReadOnlyList<int> layer = [Target];
        for (var k = Hops - 1; k >= hops; k--)
        {
            var next = layer;
            layer = [.. Frontiers[k - 1].Where(node => Edges.Any(edge => edge.From == node && next.Contains(edge.To)))];
        }

        return layer;
    }

    private List<IReadOnlyList<int>> Search()
    {
        var seen = new HashSet<int> { Root };
        var frontiers = new List<IReadOnlyList<int>>();
        for (IReadOnlyList<int> now = [Root]; now.Count > 0; frontiers.Add(now))
        {
            now = [.. Edges.Where(edge => now.Contains(edge.From)).Select(edge => edge.To).Distinct().Where(seen.Add).Order()];
            if (now.Count == 0)
                break;
        }

        return frontiers;
    }
}
