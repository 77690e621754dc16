using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Learning.Data;

/// <summary>
/// Endless batches: an epoch's rows are shuffled and sorted by length within pools, so that little is padding. Which rows batch number n
/// has depends on seed and n alone, so a run resumes with the batches that it would have had.
/// </summary>
/// <param name="file">The corpus.</param>
/// <param name="rows">Rows in a batch.</param>
/// <param name="seed">The run's seed.</param>
internal sealed class BatchOrder(TokenFile file, int rows, ulong seed)
{
    private const int BatchesInAPool = 40;

    private int _epoch = -1;
    private int[][] _groups = [];

    /// <summary>The batch with a number, counted from 0.</summary>
    /// <exception cref="InvalidOperationException">The corpus has fewer rows than a batch.</exception>
    public Batch this[long number]
    {
        get
        {
            var inAnEpoch = file.Count / rows;
            if (inAnEpoch == 0)
                throw new InvalidOperationException($"{file.Name} has {file.Count} conversations, a batch {rows}. Write a larger corpus.");
            if (_epoch != (int)(number / inAnEpoch))
                _groups = Draw(_epoch = (int)(number / inAnEpoch));
            return new Batch(file, _groups[number % inAnEpoch]);
        }
    }

    private int[][] Draw(int epoch)
    {
        var random = SeededRandom.For(seed, $"{file.Name} epoch {epoch}");
        var order = Enumerable.Range(0, file.Count).ToArray();
        random.Shuffle<int>(order);
        var groups = new List<int[]>();
        foreach (var pool in order.Chunk(rows * BatchesInAPool))
        {
            var cut = pool.OrderBy(file.Length).Chunk(rows).Where(group => group.Length == rows).ToArray();
            random.Shuffle<int[]>(cut);
            groups.AddRange(cut);
        }

        return [.. groups];
    }
}
