namespace CognitiveTools.Llama.Gguf;

/// <summary>One entry of the tensor table; its range was checked against the file's length.</summary>
/// <param name="Name">Tensor name, for example <c>blk.0.attn_q.weight</c>.</param>
/// <param name="Type">Element format.</param>
/// <param name="Dimensions">Extents, fastest-varying first (ggml order): a matrix of R rows of C is <c>[C, R]</c>.</param>
/// <param name="Offset">First byte, from the start of the file.</param>
/// <param name="ByteLength">Bytes of all rows.</param>
internal sealed record GgufTensor(string Name, GgufTensorType Type, IReadOnlyList<long> Dimensions, long Offset, long ByteLength)
{
    /// <summary>Elements in a row (the first extent; 1 for a scalar).</summary>
    public long RowLength => Dimensions.Count == 0 ? 1 : Dimensions[0];

    /// <summary>Number of rows (the product of the other extents).</summary>
    public long RowCount => Dimensions.Skip(1).Aggregate(1L, static (product, extent) => product * extent);

    /// <summary>All elements.</summary>
    public long ElementCount => RowLength * RowCount;

    /// <summary>Bytes of one row.</summary>
    public long BytesPerRow => RowCount == 0 ? 0 : ByteLength / RowCount;

    /// <summary>The shape as text, for example <c>2048 x 32000</c>.</summary>
    public string Shape => string.Join(" x ", Dimensions);
}
