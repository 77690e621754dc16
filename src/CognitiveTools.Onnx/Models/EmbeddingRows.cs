using System.Numerics.Tensors;
using CognitiveTools.Latents;

namespace CognitiveTools.Onnx.Models;

/// <summary>The embedding matrix in memory; its rows are the inputs of the prelude.</summary>
internal sealed class EmbeddingRows : ITokenEmbeddings
{
    private readonly float[] _rows;

    public EmbeddingRows(float[] rows, int length)
    {
        (_rows, Length, Count) = (rows, length, rows.Length / length);
        double sum = 0, squares = 0;
        for (var token = 0; token < Count; token++)
        {
            var norm = TensorPrimitives.Norm(Row(token));
            sum += norm;
            squares += (double)norm * norm;
        }

        (MeanNorm, RootMeanSquareNorm) = ((float)(sum / Count), (float)Math.Sqrt(squares / Count));
    }

    public int Count { get; }

    public int Length { get; }

    public float MeanNorm { get; }

    public float RootMeanSquareNorm { get; }

    /// <summary>All rows.</summary>
    public Memory<float> Matrix => _rows;

    public void CopyRow(int token, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Count);
        Row(token).CopyTo(destination);
    }

    private ReadOnlySpan<float> Row(int token) => _rows.AsSpan(token * Length, Length);
}
