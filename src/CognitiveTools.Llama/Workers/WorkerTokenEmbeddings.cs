using CognitiveTools.Latents;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// A matrix of a worker's model, fetched in blocks of rows. Blocks are kept up to a limit, since mixtures over the whole
/// vocabulary read every row at every step. Thread-safe.
/// </summary>
internal sealed class WorkerTokenEmbeddings(LlamaWorker worker, LatentSizes sizes, bool ofOutput) : ITokenEmbeddings
{
    private const int Block = 64; // rows
    private const long MostKept = 256L << 20; // bytes

    private readonly Lazy<MatrixNorms> _norms =
        new(() => worker.Ask(new NormsCall(ofOutput)).Message, LazyThreadSafetyMode.PublicationOnly);
    private readonly Dictionary<int, float[]> _blocks = [];
    private readonly Lock _gate = new();

    public int Count => sizes.VocabularySize;

    public int Length => sizes.EmbeddingLength;

    public float MeanNorm => _norms.Value.Mean;

    public float RootMeanSquareNorm => _norms.Value.RootMeanSquare;

    public void CopyRow(int token, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Length, nameof(destination));
        BlockOf(token / Block).AsSpan(token % Block * Length, Length).CopyTo(destination);
    }

    private float[] BlockOf(int block)
    {
        lock (_gate)
        {
            if (_blocks.TryGetValue(block, out var kept))
                return kept;
        }

        var first = block * Block;
        var rows = worker.Ask(new RowsCall(ofOutput, first, Math.Min(Block, Count - first))).Rows;
        lock (_gate)
        {
            if ((_blocks.Count + 1L) * Block * Length * sizeof(float) > MostKept)
                _blocks.Clear();
            _blocks[block] = rows;
        }

        return rows;
    }
}
