using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Learning.Data;

/// <summary>Draws batches of rows that are neighbours in length, so that little of a batch is padding.</summary>
/// <param name="file">The rows.</param>
/// <param name="order">Indexes of the rows to draw from, the shortest first.</param>
/// <param name="batch">Rows of a batch.</param>
internal sealed class NeighbourBatches(TokenFile file, int[] order, int batch)
{
    private const int BatchesApart = 8;

    /// <summary>Rows to draw from.</summary>
    public int Rows => order.Length;

    /// <summary>Rows that a draw chooses from; there must be more.</summary>
    public int Window => BatchesApart * batch;

    /// <summary>One batch.</summary>
    /// <param name="random">Its choices.</param>
    public Batch Draw(SeededRandom random)
    {
        var neighbours = Enumerable.Range(random.Below(order.Length - Window), Window).ToArray();
        random.Shuffle<int>(neighbours);
        return new Batch(file, [.. neighbours.Take(batch).Select(at => order[at])]);
    }
}
