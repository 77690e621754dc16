namespace CognitiveTools.Onnx.Engine;

/// <summary>
/// Keys and values of one set of blocks, one row per position. Copies share their rows until they diverge: the first to append
/// after a common prefix continues in place, every other copy moves to its own memory. One caller at a time for each copy;
/// copies may be used concurrently.
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

    /// <summary>The rows. An append to any copy never changes them.</summary>
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
        // Rows written by the copies; only a copy with exactly this many rows may append in place.
        public int Taken;

        public float[] Data => data;
    }
}
