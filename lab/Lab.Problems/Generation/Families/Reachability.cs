using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>Which of two nodes a small directed graph leads to; dead ends and a second component distract.</summary>
internal sealed class Reachability : ProblemFamily
{
    public override string Name => "reach";

    public override int TrainedSteps => 4;

    public override Instance Analogue => new Drawn([(2, 5), (5, 3), (4, 1)], 2, 3, 1, 5, 2);

    public override Instance Draw(SeededRandom random, int steps)
    {
        var labels = Enumerable.Range(1, (2 * steps) + 5).ToArray();
        random.Shuffle(labels);
        var used = 0;
        var edges = new List<(int From, int To)>();
        var reached = Chain(labels, ref used, edges, steps);
        var missed = Chain(labels, ref used, edges, random.Between(1, Math.Max(1, steps - 1)));
        var root = labels[0];

        // Dead ends hang off nodes of the right path, so that following any edge is not enough.
        for (var dead = random.Between(1, 2); dead > 0 && used < labels.Length; dead--)
            edges.Add((labels[random.Below(steps)], labels[used++]));
        random.Shuffle(edges);
        var (one, other) = random.Percent(50) ? (reached, missed) : (missed, reached);
        return new Drawn([.. edges], root, one, other, labels.Length, steps);
    }

    private static int Chain(int[] labels, ref int used, List<(int From, int To)> edges, int length)
    {
        var node = labels[used++];
        for (var i = 0; i < length; i++)
        {
            var next = labels[used++];
            edges.Add((node, next));
            node = next;
        }

        return node;
    }

    private sealed record Drawn((int From, int To)[] Edges, int Root, int One, int Other, int Nodes, int Length) : Instance
    {
        private string Listed => string.Join(',', Edges.Select(edge => $"{edge.From}>{edge.To}"));

        public override string Canonical => $"rch({Listed};{Root};{One},{Other})";

        public override string Ask(int wording) => wording switch
        {
            0 => $"Arrows: {Listed}. Start with {Root}. Which of {One} and {Other} is reached?",
            1 => $"The arrows are {Listed}. Which of {One} and {Other} can {Root} reach?",
            2 => $"Which of {One} and {Other} can be reached from {Root} with the arrows {Listed}?",
            3 => $"Begin at {Root}. Arrows: {Listed}. Give the one of {One} and {Other} that is reached.",
            _ => $"From {Root} the arrows {Listed} reach one of {One} and {Other}. Which?",
        };

        public override int Solve(CalculationRecorder recorder)
        {
            var node = Root;
            for (var i = 0; i < Length && !recorder.Exhausted; i++)
            {
                if (Onward(node) is not { } next)
                    break;
                node = recorder.Hop(node, next, Nodes);
                recorder.EndStep();
            }

            return node;
        }

        // The edge from which a target can be reached; after a slip, any edge.
        private int? Onward(int node)
        {
            int? any = null;
            foreach (var (from, to) in Edges)
            {
                if (from != node)
                    continue;
                if (Leads(to, 0))
                    return to;
                any ??= to;
            }

            return any;
        }

        private bool Leads(int node, int depth) =>
            node == One || node == Other
            || (depth < Edges.Length && Edges.Any(edge => edge.From == node && Leads(edge.To, depth + 1)));
    }
}
