using System.IO.MemoryMappedFiles;

namespace CognitiveTools.Llama.Gguf;

/// <summary>Reads rows of one tensor from the mapped file. Safe for concurrent use.</summary>
internal sealed class GgufTensorReader : IDisposable
{
    private readonly MemoryMappedViewAccessor? _view;

    internal GgufTensorReader(GgufTensor tensor, MemoryMappedViewAccessor? view) => (Tensor, _view) = (tensor, view);

    /// <summary>The table entry.</summary>
    public GgufTensor Tensor { get; }

    /// <summary>Copies the packed bytes of one row (<see cref="GgufTensor.BytesPerRow"/> of them).</summary>
    /// <exception cref="ArgumentException">The row is out of range or the destination has another length.</exception>
    public void ReadRow(long row, Span<byte> destination)
    {
        if (row < 0 || row >= Tensor.RowCount)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"{Tensor.Name} has {Tensor.RowCount} rows.");
        if (destination.Length != Tensor.BytesPerRow)
            throw new ArgumentException(
                $"A row of {Tensor.Name} has {Tensor.BytesPerRow} bytes; the destination has {destination.Length}.", nameof(destination));
        var view = _view!; // a tensor with rows has bytes
        view.SafeMemoryMappedViewHandle.ReadSpan((ulong)(view.PointerOffset + row * Tensor.BytesPerRow), destination);
    }

    /// <summary>
    /// Whether <see cref="ReadRow(long, Span{float})"/> can unpack the format; for other formats, give the bytes to ggml.
    /// </summary>
    public bool CanUnpack => GgufRowCodec.Supports(Tensor.Type);

    /// <summary>Unpacks one row (<see cref="GgufTensor.RowLength"/> floats).</summary>
    /// <exception cref="ArgumentException">The row is out of range or the destination has another length.</exception>
    /// <exception cref="NotSupportedException"><see cref="CanUnpack"/> is false.</exception>
    public void ReadRow(long row, Span<float> destination)
    {
        if (destination.Length != Tensor.RowLength)
            throw new ArgumentException(
                $"A row of {Tensor.Name} has {Tensor.RowLength} elements; the destination has {destination.Length}.", nameof(destination));
        var packed = new byte[Tensor.BytesPerRow];
        ReadRow(row, packed);
        GgufRowCodec.Unpack(Tensor.Type, packed, destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _view?.Dispose();
}
