using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.ProsQa;

/// <summary>
/// A ProsQA problem (Hao et al. 2024, arXiv 2412.06769): sentences that form a directed acyclic graph, a person, and two nouns of which
/// the person is one.
/// </summary>
/// <param name="Words">The word of each node.</param>
/// <param name="Edges">The arrows in the order shown.</param>
/// <param name="Root">The node asked about.</param>
/// <param name="Target">The node that it reaches.</param>
/// <param name="Other">The node that it does not.</param>
/// <param name="TargetFirst">Whether the question names the target before the other.</param>
internal sealed record ProsProblem(
    IReadOnlyList<string> Words, IReadOnlyList<(int From, int To)> Edges, int Root, int Target, int Other, bool TargetFirst)
{
    private readonly int[] _path = ShortestPath(Edges, Root, Target);

    /// <summary>Sentences on the shortest way from the root to the target.</summary>
    public int Hops => _path.Length - 1;

    /// <summary>The sentences, then the question.</summary>
    public string Text
    {
        get
        {
            var (one, two) = TargetFirst ? (Target, Other) : (Other, Target);
            return $"{string.Join(' ', Edges.Select(Sentence))} Is {Words[Root]} a {Words[one]} or {Words[two]}?";
        }
    }

    /// <summary>The sentences of the shortest way; the first of them in the order shown where there are several ways.</summary>
    public string Reasoning => string.Join(' ', _path.Zip(_path.Skip(1), (from, to) => Sentence((from, to))));

    /// <summary>The noun that the root is.</summary>
    public string Answer => Words[Target];

    /// <summary>The problem as a problem file has it.</summary>
    /// <param name="id">Its name in the file.</param>
    public Problem ToProblem(string id) => new(id, Text, Answer) { Difficulty = $"{Hops}", Source = "prosqa" };

    /// <summary>A training conversation.</summary>
    /// <param name="reasons">Whether the sentences of the way stand before the answer.</param>
    public Conversation Converse(bool reasons)
    {
        var format = reasons ? "cot" : "direct";
        return new(
            format,
            ProsGenerator.Family,
            Hops,
            0,
            [
                new Passage(Role.System, format),
                new Passage(Role.User, Text),
                new Passage(Role.Assistant, $"{(reasons ? Reasoning + "\n" : "")}{MiniFormats.AnswerMark}{Answer}", Learn: true),
            ]);
    }

    /// <summary>
    /// A conversation that says all sentences again in another order, of which the last noun of each is learned: many look-ups in one
    /// conversation, where a way has few. Only for graphs in which no node leads to two others.
    /// </summary>
    /// <param name="random">Draws the order.</param>
    public Conversation Recite(SeededRandom random)
    {
        var edges = Edges.ToList();
        random.Shuffle(edges);
        List<Passage> passages = [new(Role.System, "cot"), new(Role.User, Text)];
        foreach (var edge in edges)
        {
            var sentence = Sentence(edge);
            var last = sentence.Length - Words[edge.To].Length - 1;
            passages.Add(new(Role.Assistant, (passages.Count > 2 ? ". " : "") + sentence[..last]));
            passages.Add(new(Role.Assistant, Words[edge.To], Learn: true));
        }

        passages.Add(new(Role.Assistant, "."));
        return new("recall", ProsGenerator.Family, Hops, 0, passages);
    }

    private static int[] ShortestPath(IReadOnlyList<(int From, int To)> edges, int root, int target)
    {
        var parents = new Dictionary<int, int> { [root] = root };
        var queue = new Queue<int>([root]);
        while (queue.TryDequeue(out var node) && node != target)
        {
            foreach (var (from, to) in edges)
            {
                if (from == node && parents.TryAdd(to, node))
                    queue.Enqueue(to);
            }
        }

        if (!parents.ContainsKey(target))
            throw new ArgumentException($"Node {root} does not reach node {target}.", nameof(target));
        var path = new List<int> { target };
        while (path[^1] != root)
            path.Add(parents[path[^1]]);
        path.Reverse();
        return [.. path];
    }

    private string Sentence((int From, int To) edge) =>
        $"{(char.IsUpper(Words[edge.From][0]) ? "" : "Every ")}{Words[edge.From]} is a {Words[edge.To]}.";
}
