using System.Numerics.Tensors;
using CognitiveTools.Latents;
using MathNet.Numerics.LinearAlgebra;

namespace CognitiveTools.Latent.Rules;

/// <summary>
/// The linear map from hidden states to input embeddings of LatentMAS (arXiv 2511.20639):
/// <c>W = (OᵀO + λI)⁻¹ OᵀE</c>, the ridge regression of the input rows E on the output rows O. d x d floats.
/// </summary>
internal sealed class RidgeMap(int width, float[] rows)
{
    private const int BlockRows = 512;

    /// <summary>W row by row.</summary>
    public float[] Rows { get; } = rows.Length == width * width ? rows
        : throw new ArgumentException($"A map of width {width} has {width * width} floats, not {rows.Length}.", nameof(rows));

    /// <summary><c>hW</c>.</summary>
    public float[] Apply(ReadOnlySpan<float> hidden)
    {
        var mapped = new float[width];
        for (var i = 0; i < width; i++)
            TensorPrimitives.MultiplyAdd(Rows.AsSpan(i * width, width), hidden[i], mapped, mapped);
        return mapped;
    }

    /// <summary>Solves for W in double precision; about 4 · vocabulary · d² operations.</summary>
    public static RidgeMap Solve(ITokenEmbeddings input, ITokenEmbeddings output, double lambda)
    {
        var (width, count) = (input.Length, Math.Min(input.Count, output.Count));
        var gram = Matrix<double>.Build.DenseDiagonal(width, width, lambda);
        var cross = Matrix<double>.Build.Dense(width, width);
        for (var at = 0; at < count; at += BlockRows)
        {
            var rows = Math.Min(BlockRows, count - at);
            var (from, to) = (Block(output, at, rows), Block(input, at, rows));
            gram += from.TransposeThisAndMultiply(from);
            cross += from.TransposeThisAndMultiply(to);
        }

        var map = gram.Cholesky().Solve(cross);
        return new RidgeMap(width, Array.ConvertAll(map.ToRowMajorArray(), static value => (float)value));
    }

    private static Matrix<double> Block(ITokenEmbeddings embeddings, int at, int rows)
    {
        var row = new float[embeddings.Length];
        var block = Matrix<double>.Build.Dense(rows, embeddings.Length);
        for (var i = 0; i < rows; i++)
        {
            embeddings.CopyRow(at + i, row);
            for (var j = 0; j < row.Length; j++)
                block[i, j] = row[j];
        }

        return block;
    }
}
