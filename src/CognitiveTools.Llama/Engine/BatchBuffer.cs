using System.Runtime.InteropServices;
using CognitiveTools.Llama.Binding;

namespace CognitiveTools.Llama.Engine;

/// <summary>The rows of the next decode, in native memory that is allocated once.</summary>
internal sealed unsafe class BatchBuffer : IDisposable
{
    private readonly int _embeddingLength;
    private readonly int* _tokens;
    private readonly float* _embeddings;
    private readonly int* _positions;
    private readonly int* _counts;
    private readonly int* _lanes;
    private readonly int** _lanePointers;
    private readonly sbyte* _outputs;
    private bool _disposed;

    internal BatchBuffer(int capacity, int embeddingLength)
    {
        (Capacity, _embeddingLength) = (capacity, embeddingLength);
        _tokens = (int*)Allocate(capacity, sizeof(int));
        _embeddings = (float*)Allocate(capacity, embeddingLength * sizeof(float));
        _positions = (int*)Allocate(capacity, sizeof(int));
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

    internal Batch Native => new()
    {
        RowCount = RowCount,
        Tokens = IsEmbedding ? null : _tokens,
        Embeddings = IsEmbedding ? _embeddings : null,
        Positions = _positions,
        SequenceCounts = _counts,
        SequenceIds = _lanePointers,
        Outputs = _outputs,
    };

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
        embedding.CopyTo(new Span<float>(_embeddings + (nint)RowCount * _embeddingLength, _embeddingLength));
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

    private int Finish(int position, SequenceId lane, bool output)
    {
        _positions[RowCount] = position;
        _lanes[RowCount] = lane.Value;
        _outputs[RowCount] = (sbyte)(output ? 1 : 0);
        return RowCount++;
    }
}
