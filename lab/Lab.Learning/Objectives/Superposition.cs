using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// Search of a graph in continuous thoughts, after Zhu et al. 2025 (arXiv 2505.12514), with more said per graph: thoughts 1 to k are
/// trained together towards the uniform distribution over the nodes of the next frontier (the paper samples one node), and behind the last
/// thought the answer must follow where k thoughts reach it. Beside that every node of the graph is asked for its successors, with a
/// weight: one signal per node in place of one per graph, without which a small machine has no time to learn to look up an edge.
/// </summary>
/// <param name="words">The vocabulary.</param>
/// <param name="queries">Weight of the questions for successors.</param>
/// <param name="pauses">Whether a thought is one learned embedding: the control, which recycles nothing.</param>
internal sealed class Superposition(MiniVocabulary words, double queries, bool pauses) : ILatentObjective
{
    private readonly int _end = words.Control(MiniVocabulary.LatentEnd);
    private readonly int _pause = words.Control(MiniVocabulary.Pause);

    /// <summary>Whether it is the control.</summary>
    public bool Pauses => pauses;

    /// <inheritdoc/>
    public Func<Tensor, Tensor> Thinker(Decoder network) =>
        pauses ? hidden => network.Embedding[_pause].expand_as(hidden) : static hidden => hidden;

    /// <inheritdoc/>
    public Tensor Loss(Decoder network, Batch batch, SeededRandom random)
    {
        var graphs = batch.Rows.Select(row => SearchedGraph.Read(batch.File, row, words)).ToArray();
        var asked = graphs.Select(graph =>
        {
            var nodes = graph.Successors.Keys.Order().ToList();
            random.Shuffle(nodes);
            return nodes;
        }).ToArray();
        var (frontiers, answers, queried) = Search(network, graphs, batch.Thoughts, Thinker(network), asked);
        var loss = Divergence(frontiers, [.. graphs.Select(graph => graph.Frontiers.Take(batch.Thoughts).ToArray())])
            .Plus(Divergence(queried!, [.. graphs.Select((graph, row) => asked[row].Select(node => graph.Successors[node]).ToArray())])
                .mul(Scalars.Of(queries)));
        var reached = Enumerable.Range(0, graphs.Length).Where(row => graphs[row].Hops <= batch.Thoughts).ToArray();
        if (reached.Length == 0)
            return loss;
        var rows = tensor(Array.ConvertAll(reached, static row => (long)row), device: network.Device);
        var targets = reached.SelectMany(row => graphs[row].Answer).Select(static token => (long)token).ToArray();
        return loss.Plus(F.cross_entropy(answers.index_select(0, rows).flatten(0, 1), tensor(targets, device: network.Device)));
    }

    /// <summary>
    /// Logits at every thought's origin (rows x thoughts x vocabulary), at every token of the answer, and behind every node asked.
    /// </summary>
    internal (Tensor Frontiers, Tensor Answers, Tensor? Queried) Search(
        Decoder network,
        IReadOnlyList<SearchedGraph> graphs,
        int thoughts,
        Func<Tensor, Tensor> think,
        IReadOnlyList<IReadOnlyList<int>>? asked)
    {
        var (prompts, padding) = Padded.Left([.. graphs.Select(static graph => graph.Prompt)]);
        var answers = Padded.Right([.. graphs.Select(graph => (int[])[_end, .. graph.Answer[..^1]])]).to(network.Device);
        var nodes = asked is null ? null : Padded.Right(asked).to(network.Device);
        var hide = padding.Hide((int)(padding.Width + Math.Max(thoughts + answers.shape[1], nodes?.shape[1] ?? 0))).to(network.Device);
        var cache = new GrowingCache();
        var hidden = network.Forward(network.Embed(prompts.to(network.Device)), cache, hide);
        var queried = nodes is null ? null : network.Logits(network.Forward(network.Embed(nodes), cache.Fork(), hide));
        var origins = new List<Tensor>();
        for (var i = 0; i < thoughts; i++)
        {
            origins.Add(hidden.narrow(1, hidden.shape[1] - 1, 1));
            hidden = network.Forward(think(origins[^1]), cache, hide);
        }

        return (network.Logits(cat(origins, 1)), network.Logits(network.Forward(network.Embed(answers), cache, hide)), queried);
    }

    // Mean cross entropy with uniform distributions over sets of tokens, over the positions that have a set.
    private static Tensor Divergence(Tensor logits, IReadOnlyList<IReadOnlyList<int[]>> sets)
    {
        var (columns, vocabulary) = (logits.shape[1], logits.shape[2]);
        var indices = new List<long>();
        var weights = new List<double>();
        for (var row = 0; row < sets.Count; row++)
        {
            for (var column = 0; column < sets[row].Count; column++)
            {
                foreach (var token in sets[row][column])
                {
                    indices.Add((row * columns + column) * vocabulary + token);
                    weights.Add(1.0 / sets[row][column].Length);
                }
            }
        }

        var chosen = F.log_softmax(logits, -1).flatten().index_select(0, tensor(indices.ToArray(), device: logits.device));
        using var total = (-weights.Sum()).ToScalar();
        return (chosen * tensor(weights.ToArray(), device: logits.device).to(logits.dtype)).sum().div(total);
    }
}
