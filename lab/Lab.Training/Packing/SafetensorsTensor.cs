namespace CognitiveTools.Lab.Training.Packing;

/// <summary>One entry of a safetensors header, already checked against the file's length.</summary>
/// <param name="Name">Tensor name.</param>
/// <param name="Type">F32, F16 or BF16.</param>
/// <param name="Shape">Extents, slowest-varying first (PyTorch order): a matrix of R rows of C is <c>[R, C]</c>.</param>
/// <param name="Offset">First byte, from the start of the file.</param>
internal sealed record SafetensorsTensor(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, long Offset)
{
    /// <summary>Elements in a row (the last extent; 1 for a scalar).</summary>
    public long RowLength => Shape.Count == 0 ? 1 : Shape[^1];

    /// <summary>Number of rows (the product of the other extents).</summary>
    public long RowCount => Shape.SkipLast(1).Aggregate(1L, static (product, extent) => product * extent);

    internal int ElementBytes => Type == SafetensorsType.F32 ? 4 : 2;
}
