using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>
/// Scores of records for queries, <c>[query][record]</c>. Above zero: to learn more from the record lowers the query's loss.
/// </summary>
/// <param name="records">What the network was trained on.</param>
/// <param name="queries">What is asked.</param>
/// <param name="asked">The rows of the queries that count.</param>
internal sealed class InfluenceMatrix(TokenFile records, TokenFile queries, IReadOnlyList<int> asked)
{
    /// <summary>Influence functions, <c>grad L(q)^T (F + d I)^-1 grad L(z)</c> (Grosse et al., arXiv 2308.03296).</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="damping">The part of each layer's mean eigenvalue that is <c>d</c>.</param>
    /// <param name="seed">Fixes the labels that are drawn.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public double[][] EkFac(Decoder network, double damping, ulong seed, CancellationToken cancellationToken = default)
    {
        using var scope = NewDisposeScope();
        using var fitted = Influence.EkFac.Fit(network, records, seed, cancellationToken);
        return Products(network, fitted.Solve(Gradients(network), damping), byLength: false, cancellationToken);
    }

    /// <summary>The cosine of both gradients.</summary>
    public double[][] Cosine(Decoder network, CancellationToken cancellationToken = default)
    {
        using var scope = NewDisposeScope();
        var gradients = Gradients(network);
        var lengths = Squares(gradients).sqrt().to(gradients[0].dtype).view(-1, 1, 1);
        return Products(network, [.. gradients.Select(layer => layer / lengths)], byLength: true, cancellationToken);
    }

    /// <summary>TracIn at a checkpoint, <c>rate grad L(q)^T grad L(z)</c> (Pruthi et al., arXiv 2002.08484), to be summed.</summary>
    /// <param name="network">The network at the checkpoint.</param>
    /// <param name="rate">The learning rate there.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public double[][] TracIn(Decoder network, double rate, CancellationToken cancellationToken = default)
    {
        using var scope = NewDisposeScope();
        var products = Products(network, Gradients(network), byLength: false, cancellationToken);
        return [.. products.Select(row => Array.ConvertAll(row, product => rate * product))];
    }

    private List<Tensor> Gradients(Decoder network)
    {
        using var scope = NewDisposeScope();
        var source = new RecordGradients(network);
        var batches = RecordGradients.Batches(queries, asked)
            .Select(batch => source.Of(batch).Select(static layer => layer.PerRecord()).ToArray()).ToArray();
        return [.. Enumerable.Range(0, batches[0].Length)
            .Select(layer => cat([.. batches.Select(batch => batch[layer])], 0).MoveToOuterDisposeScope())];
    }

    // Inner products of directions with the records' gradients, which are divided by their lengths if byLength.
    private double[][] Products(
        Decoder network, IReadOnlyList<Tensor> directions, bool byLength, CancellationToken cancellationToken)
    {
        var source = new RecordGradients(network);
        var scores = asked.Select(_ => new double[records.Count]).ToArray();
        var flat = directions.Select(static layer => layer.flatten(1)).ToArray();
        var from = 0;
        foreach (var batch in RecordGradients.Batches(records, Enumerable.Range(0, records.Count)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var gradients = source.Of(batch).Select(static layer => layer.PerRecord()).ToArray();
            var sum = flat.Select((layer, i) => layer.mm(gradients[i].flatten(1).t()).to(ScalarType.Float64))
                .Aggregate(static (one, other) => one.Plus(other));
            if (byLength)
                sum = sum / Squares(gradients).sqrt();
            var values = sum.cpu().contiguous().data<double>().ToArray();
            for (var query = 0; query < scores.Length; query++)
                values.AsSpan(query * batch.Rows.Count, batch.Rows.Count).CopyTo(scores[query].AsSpan(from));
            from += batch.Rows.Count;
        }

        return scores;
    }

    private static Tensor Squares(IEnumerable<Tensor> gradients) => gradients
        .Select(static layer => layer.to(ScalarType.Float64).square().sum([1, 2])).Aggregate(static (one, other) => one.Plus(other));
}
