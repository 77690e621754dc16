namespace CognitiveTools.Onnx.Engine;

/// <summary>
/// Keys and values of one set of blocks, a row per position. Copies share their rows until they part: the first to append
/// behind a common prefix writes on in place, any other moves to memory of its own. One caller at a time for each copy;
/// copies may be used side by side.
/// </summary>
internal sealed class CacheRows
{
    private const int FirstRows = 32;

    private readonly int _rowLength;
    private Block _block;

    public CacheRows(int rowLength)
        : this(rowLength, new Block(new float[FirstRows * rowLength]), 0)
    {
    }

    private CacheRows(int rowLength, Block block, int count) => (_rowLength, _block, Count) = (rowLength, block, count);

    /// <summary>Rows held.</summary>
    public int Count { get; private set; }

    /// <summary>The rows. Appending never changes them, to whichever copy.</summary>
    public Memory<float> Rows => _block.Data.AsMemory(0, Count * _rowLength);

    /// <summary>A copy that shares the rows.</summary>
    public CacheRows Share() => new(_rowLength, _block, Count);

    /// <summary>Adds whole rows.</summary>
    public void Append(ReadOnlySpan<float> rows)
    {
        var count = Count + (rows.Length / _rowLength);
        if (count * _rowLength > _block.Data.Length || Interlocked.CompareExchange(ref _block.Taken, count, Count) != Count)
        {
            var own = new Block(new float[Math.Max(count, 2 * Count) * _rowLength]) { Taken = count };
            Rows.CopyTo(own.Data);
            _block = own;
        }

        rows.CopyTo(_block.Data.AsSpan(Count * _rowLength));
        Count = count;
    }

    /// <summary>Forgets all but the first rows.</summary>
    public void Truncate(int count) => Count = count;

    private sealed class Block(float[] data)
    {
        // Rows that some copy has written; only who holds exactly that many may go on in place.
        public int Taken;

        public float[] Data => data;
    }
}
