using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.ProsQa;

/// <summary>
/// Draws ProsQA problems as the published generator does: later nodes hang off a number of earlier ones that follows a Poisson law with
/// mean 1.5; a node is drawn to the side of the root, to the side of the other root, or to both; deep parents are the likelier ones.
/// </summary>
/// <param name="seed">Fixes everything drawn.</param>
/// <param name="heldOut">Problems never trained on, or problems to train on; a hash of the text decides.</param>
internal sealed class ProsGenerator(ulong seed, bool heldOut)
{
    /// <summary>Family of the training conversations.</summary>
    public const string Family = "prosqa";

    /// <summary>Hops at least of the published problems.</summary>
    public const int FewestHops = 3;

    /// <summary>Hops at most of the published problems.</summary>
    public const int MostHops = 6;

    /// <summary>Least nodes beyond the published ones, which makes graphs of four nodes at least.</summary>
    public const int FewestMoreNodes = 4 - FewestNodes;

    private const ulong HeldOutShare = 8;
    private const int FewestNodes = 18, MostNodes = 28;
    private const int OneSide = 1, OtherSide = 2;

    private readonly SeededRandom _random = SeededRandom.For(seed, heldOut ? "prosqa held out" : "prosqa");

    /// <summary>Problems without end, with their natural share of each number of hops.</summary>
    /// <param name="fewestHops">Hops at least.</param>
    /// <param name="mostHops">Hops at most.</param>
    /// <param name="moreNodes">Nodes beyond those of the published problems; negative for smaller graphs.</param>
    public IEnumerable<ProsProblem> Draw(int fewestHops = FewestHops, int mostHops = MostHops, int moreNodes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fewestHops, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostHops, fewestHops);
        ArgumentOutOfRangeException.ThrowIfLessThan(moreNodes, FewestMoreNodes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(moreNodes, ProsWords.Nouns.Count - MostNodes);
        while (true)
        {
            if (TryDraw(_random.Between(FewestNodes, MostNodes) + moreNodes) is { } problem
                && problem.Hops >= fewestHops && problem.Hops <= mostHops
                && IsOfShare(problem))
                yield return problem;
        }
    }

    /// <summary>Problems without end whose graph is two chains: every noun leads to one other, so nothing has to be searched.</summary>
    public IEnumerable<ProsProblem> DrawChains()
    {
        while (true)
        {
            var (one, other) = (_random.Between(1, MostHops), _random.Between(1, MostHops));
            int[][] chains = [[0, .. Enumerable.Range(2, one)], [1, .. Enumerable.Range(2 + one, other)]];
            var edges = chains.SelectMany(static chain => chain.Zip(chain[1..])).ToList();
            if (Finish(one + other + 2, edges, chains[0][^1], chains[1][^1]) is { } problem && IsOfShare(problem))
                yield return problem;
        }
    }

    private bool IsOfShare(ProsProblem problem) => StableHash.Of(problem.Text) % HeldOutShare == 0 == heldOut;

    private ProsProblem? TryDraw(int nodes)
    {
        // Sides as bits: 1 below the root asked about, 2 below the other root. Nodes without a parent have no side.
        var side = new int[nodes];
        (side[0], side[1]) = (OneSide, OtherSide);
        var depth = new int[nodes];
        var edges = new List<(int From, int To)>();
        for (var node = 2; node < nodes; node++)
        {
            var parents = Parents(node, side, depth);
            foreach (var parent in parents)
            {
                edges.Add((parent, node));
                side[node] |= side[parent];
                depth[node] = Math.Max(depth[node], depth[parent] + 1);
            }
        }

        var inner = edges.Select(static edge => edge.From).ToHashSet();
        var leaves = Enumerable.Range(2, nodes - 2).Where(node => !inner.Contains(node)).ToArray();
        int[] targets = [.. leaves.Where(node => side[node] == OneSide)], others = [.. leaves.Where(node => side[node] == OtherSide)];
        return targets.Length == 0 || others.Length == 0 ? null : Finish(nodes, edges, _random.Pick(targets), _random.Pick(others));
    }

    private ProsProblem? Finish(int nodes, List<(int From, int To)> edges, int target, int other)
    {
        var reached = edges.Select(static edge => edge.To).ToHashSet();
        var roots = Enumerable.Range(0, nodes).Where(node => !reached.Contains(node)).ToArray();
        if (roots.Length > ProsWords.Names.Count)
            return null;
        var names = new Queue<string>(Shuffled(ProsWords.Names));
        var nouns = new Queue<string>(Shuffled(ProsWords.Nouns));
        string[] words = [.. Enumerable.Range(0, nodes).Select(node => roots.Contains(node) ? names.Dequeue() : nouns.Dequeue())];
        _random.Shuffle(edges);
        return new ProsProblem(words, edges, 0, target, other, _random.Percent(50));
    }

    private List<int> Parents(int node, int[] side, int[] depth)
    {
        var draw = _random.Below(100);
        var kept = draw < 35 ? OtherSide : draw < 70 ? OneSide : 0;
        var pool = Enumerable.Range(0, node).Where(earlier => (side[earlier] & kept) == 0).ToList();
        var parents = new List<int>();
        for (var wanted = Poisson(); wanted > 0 && pool.Count > 0; wanted--)
        {
            // The weight 1.5 depth + 1, in halves so that it is whole.
            var at = _random.Below(pool.Sum(earlier => 3 * depth[earlier] + 2));
            var chosen = 0;
            while (at >= 3 * depth[pool[chosen]] + 2)
                at -= 3 * depth[pool[chosen++]] + 2;
            parents.Add(pool[chosen]);
            pool.RemoveAt(chosen);
        }

        return parents;
    }

    // Mean 1.5, by its distribution function in millionths: 0 to 6 parents.
    private int Poisson()
    {
        var draw = _random.Below(1_000_000);
        int[] below = [223_130, 557_825, 808_847, 934_358, 981_424, 995_544];
        return below.Count(limit => draw >= limit);
    }

    private List<string> Shuffled(IReadOnlyList<string> words)
    {
        var shuffled = words.ToList();
        _random.Shuffle(shuffled);
        return shuffled;
    }
}
