using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// Quant-LCM-d (arXiv 2412.08821, section 2.4): a concept is the sum of one entry of each codebook, and they are predicted one after
/// another. The query of codebook l is the sum of the entries of those before it; the loss is the mean cross entropy of its entry, with l
/// drawn for each concept. Predictions take the most probable entries.
/// </summary>
internal sealed class ConceptQuantised : IConceptObjective
{
    private readonly LineTable _table;
    private readonly Tensor _concepts, _entries;
    private readonly Tensor[] _sums;

    /// <summary>Creates an objective.</summary>
    /// <param name="table">The lines.</param>
    /// <param name="concepts">The concept of each line, lines x code.</param>
    /// <param name="books">The codebooks, levels x entries x code.</param>
    public ConceptQuantised(LineTable table, Tensor concepts, Tensor books)
    {
        _table = table;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        _entries = Codebooks.Entries(concepts, books).DetachFromDisposeScope();
        _sums = [.. Enumerable.Range(0, (int)books.shape[0] + 1)
            .Select(level => Codebooks.Sum(_entries, books, level).DetachFromDisposeScope())];
        // Questions are given, so they are not quantised.
        var said = zeros(concepts.shape[0], 1, dtype: ScalarType.Bool, device: concepts.device);
        said.index_fill_(0, tensor(table.OfSolutions.Select(static line => (long)line).ToArray(), device: concepts.device), Scalars.Of(1));
        _concepts = where(said, _sums[^1], concepts).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public int Queries => _sums.Length - 1;

    /// <inheritdoc/>
    public Tensor Loss(ConceptModel network, Batch batch, SeededRandom random)
    {
        var (laid, levels) = (new ConceptBatch(_table, batch, network.Device), Queries);
        var drawn = Array.ConvertAll(new long[laid.Rows * laid.Length], _ => (long)random.Below(levels));
        var level = tensor(drawn, laid.Rows, laid.Length).to(network.Device);
        var concepts = laid.Of(_concepts);
        var queries = zeros_like(concepts);
        for (var i = 1; i < levels; i++)
            queries = where(level.eq(Scalars.Of(i)).unsqueeze(-1), laid.Of(_sums[i]), queries);
        var hidden = laid.Learned(network.Query(concepts, queries, level));
        var (wanted, ofLearned) = (laid.Learned(laid.Of(_entries)), laid.Learned(level.unsqueeze(-1)));
        var logits = network.Logits(hidden).view(-1, levels, network.Shape.Entries);
        var chosen = logits.gather(1, ofLearned.unsqueeze(-1).expand(-1, 1, network.Shape.Entries)).squeeze(1);
        return F.cross_entropy(chosen, wanted.gather(1, ofLearned).squeeze(1));
    }

    /// <inheritdoc/>
    public Tensor Next(ConceptModel network, GrowingCache cache, Tensor hidden, SeededRandom random)
    {
        using var scope = NewDisposeScope();
        var sum = zeros(hidden.shape[0], network.Shape.Code, dtype: hidden.dtype, device: hidden.device);
        for (var level = 0; level < Queries; level++)
        {
            var logits = network.Logits(network.Query(cache, cache.Length, sum, level), level);
            sum = sum.Plus(network.Books[level].index_select(0, logits.argmax(-1)));
        }

        return sum.MoveToOuterDisposeScope();
    }
}
