using System.Runtime.InteropServices;
using CognitiveTools.Llama.Binding;

namespace CognitiveTools.Llama.Engine;

/// <summary>The rows of the next decode, in native memory that is allocated once.</summary>
internal sealed unsafe class BatchBuffer : IDisposable
{
    private readonly int _inputLength;
    private readonly int _planes;
    private readonly int* _tokens;
    private readonly float* _embeddings;
    private readonly int* _positions;
    private readonly int* _counts;
    private readonly int* _lanes;
    private readonly int** _lanePointers;
    private readonly sbyte* _outputs;
    private bool _disposed;

    /// <param name="capacity">Rows at most.</param>
    /// <param name="inputLength">Floats of an embedding row in the library's form; a shorter row is followed by zeros.</param>
    /// <param name="planes">
    /// Positions of an embedding row: 1, or 4 for models with rotary positions in several dimensions (M-RoPE). A text has the same
    /// position in the first three of them, time, height and width, and 0 in the fourth. Of a token, the library takes one and does the
    /// same.
    /// </param>
    internal BatchBuffer(int capacity, int inputLength, int planes = 1)
    {
        (Capacity, _inputLength, _planes) = (capacity, inputLength, planes);
        _tokens = (int*)Allocate(capacity, sizeof(int));
        _embeddings = (float*)Allocate(capacity, inputLength * sizeof(float));
        _positions = (int*)Allocate(capacity, planes * sizeof(int));
        _counts = (int*)Allocate(capacity, sizeof(int));
        _lanes = (int*)Allocate(capacity, sizeof(int));
        _outputs = (sbyte*)Allocate(capacity, sizeof(sbyte));
        _lanePointers = (int**)Allocate(capacity, sizeof(int*));
        for (var i = 0; i < capacity; i++)
        {
            _counts[i] = 1;
            _lanePointers[i] = _lanes + i;
        }
    }

    internal int Capacity { get; }

    internal int RowCount { get; private set; }

    /// <summary>Whether the rows are embeddings; a batch never mixes the two kinds.</summary>
    internal bool IsEmbedding { get; private set; }

    /// <summary>The batch in the library's form; valid until rows are added.</summary>
    internal Batch Native
    {
        get
        {
            if (IsEmbedding)
                FillPlanes();
            return new()
            {
                RowCount = RowCount,
                Tokens = IsEmbedding ? null : _tokens,
                Embeddings = IsEmbedding ? _embeddings : null,
                Positions = _positions,
                SequenceCounts = _counts,
                SequenceIds = _lanePointers,
                Outputs = _outputs,
            };
        }
    }

    internal void Clear(bool isEmbedding) => (RowCount, IsEmbedding) = (0, isEmbedding);

    /// <summary>Adds a token row.</summary>
    /// <returns>Its index in the batch.</returns>
    internal int Add(int token, int position, SequenceId lane, bool output)
    {
        _tokens[RowCount] = token;
        return Finish(position, lane, output);
    }

    /// <summary>Adds an embedding row.</summary>
    /// <returns>Its index in the batch.</returns>
    internal int Add(ReadOnlySpan<float> embedding, int position, SequenceId lane, bool output)
    {
        var row = new Span<float>(_embeddings + (nint)RowCount * _inputLength, _inputLength);
        embedding.CopyTo(row);
        row[embedding.Length..].Clear();
        return Finish(position, lane, output);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        ReadOnlySpan<nint> pointers =
        [
            (nint)_tokens, (nint)_embeddings, (nint)_positions, (nint)_counts, (nint)_lanes, (nint)_outputs, (nint)_lanePointers,
        ];
        foreach (var pointer in pointers)
            NativeMemory.Free((void*)pointer);
    }

    private static void* Allocate(int count, int size) => NativeMemory.Alloc((nuint)count, (nuint)size);

    // One plane of all rows follows the other, so they can be placed only when the number of rows is known.
    private void FillPlanes()
    {
        var first = new ReadOnlySpan<int>(_positions, RowCount);
        for (var plane = 1; plane < _planes; plane++)
        {
            var positions = new Span<int>(_positions + plane * RowCount, RowCount);
            if (plane < 3)
                first.CopyTo(positions);
            else
                positions.Clear();
        }
    }

    private int Finish(int position, SequenceId lane, bool output)
    {
        _positions[RowCount] = position;
        _lanes[RowCount] = lane.Value;
        _outputs[RowCount] = (sbyte)(output ? 1 : 0);
        return RowCount++;
    }
}
