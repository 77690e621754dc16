using System.Numerics.Tensors;
using CognitiveTools.Lab.Problems.Generation.Graphs;
using CognitiveTools.Latents;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Lab.Training.Probes;

/// <summary>
/// Looks into the thoughts of a model that searches graphs: does a thought hold the whole frontier at once, as the theory of
/// Zhu et al. 2025 (arXiv 2505.12514) says, and does it favour the way to the target?
/// </summary>
/// <param name="model">The model; its thoughts are hidden states fed back unchanged.</param>
/// <param name="prompt">The conversation for a graph's text.</param>
/// <param name="begin">Token between prompt and thoughts.</param>
internal sealed class FrontierProbe(ILatentModel model, Func<string, IReadOnlyList<ChatMessage>> prompt, int begin)
{
    /// <summary>Seed and size of the set of graphs, and thoughts per graph.</summary>
    /// <param name="seed">Fixes the graphs; all are held out.</param>
    /// <param name="count">Graphs.</param>
    /// <param name="thoughts">Thoughts per graph.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A row per thought.</returns>
    /// <exception cref="InvalidOperationException">A node's number is not a single token of the model.</exception>
    public async Task<IReadOnlyList<FrontierRow>> MeasureAsync(
        ulong seed, int count, int thoughts, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(thoughts, 1);
        var sums = Enumerable.Range(0, thoughts).Select(_ => new Sums()).ToArray();
        foreach (var graph in new GraphGenerator(seed, heldOut: true).Draw().DistinctBy(g => g.Text).Take(count))
        {
            await using var sequence = model.Begin();
            var prediction =
                await sequence.AppendAsync((int[])[.. model.Tokenizer.EncodeChat(prompt(graph.Text)), begin], cancellationToken);
            for (var thought = 1; thought <= Math.Min(thoughts, graph.Frontiers.Count); thought++)
            {
                sums[thought - 1].Add(graph, thought, Projections(graph, prediction.Hidden.Span));
                prediction = await sequence.AppendAsync(prediction.Hidden, cancellationToken);
            }
        }

        return [.. sums.Select((sum, i) => sum.Row(i + 1))];
    }

    private Dictionary<int, double> Projections(GraphProblem graph, ReadOnlySpan<float> hidden)
    {
        var row = new float[model.EmbeddingLength];
        var projections = new Dictionary<int, double>();
        foreach (var node in graph.Nodes)
        {
            model.Embeddings.CopyRow(TokenOf(node), row);
            projections[node] = TensorPrimitives.Dot(row, hidden);
        }

        return projections;
    }

    private int TokenOf(int node) => model.Tokenizer.Encode($"{node}") is [var token]
        ? token
        : throw new InvalidOperationException(
            $"Node {node} is not a single token of this model. The probe needs a model that was trained on these graphs, such as "
                + "mini-superposition.");

    private sealed class Sums
    {
        private readonly (double Sum, int Count)[] _classes = new (double, int)[4];
        private double _auc;
        private int _graphs;

        public void Add(GraphProblem graph, int hops, Dictionary<int, double> projections)
        {
            var frontier = graph.Frontiers[hops - 1];
            var within = graph.Frontiers.Take(hops).SelectMany(nodes => nodes).ToHashSet();
            var reached = graph.Frontiers.SelectMany(nodes => nodes).Append(graph.Root).ToHashSet();
            Take(0, projections.Where(p => !reached.Contains(p.Key)));
            Take(1, projections.Where(p => within.Contains(p.Key)));
            Take(2, projections.Where(p => frontier.Contains(p.Key)));
            if (hops <= graph.Hops && graph.Optimal(hops) is var optimal)
                Take(3, projections.Where(p => optimal.Contains(p.Key)));
            _auc += Auc([.. frontier.Select(node => projections[node])],
                [.. projections.Where(p => !frontier.Contains(p.Key)).Select(p => p.Value)]);
            _graphs++;
        }

        public FrontierRow Row(int thought) =>
            new(thought, _graphs, Mean(0), Mean(1), Mean(2), Mean(3), _graphs == 0 ? double.NaN : Math.Round(_auc / _graphs, 4));

        private void Take(int index, IEnumerable<KeyValuePair<int, double>> projections)
        {
            foreach (var (_, value) in projections)
                _classes[index] = (_classes[index].Sum + value, _classes[index].Count + 1);
        }

        private double Mean(int index) => _classes[index] is (var sum, > 0 and var count) ? Math.Round(sum / count, 3) : double.NaN;

        private static double Auc(double[] inside, double[] outside) =>
            outside.Length == 0 ? 1 : RankedPair.Auc(inside, outside);
    }
}
