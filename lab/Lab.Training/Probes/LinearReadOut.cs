using MathNet.Numerics.LinearAlgebra;

namespace CognitiveTools.Lab.Training.Probes;

/// <summary>
/// A linear classifier of vectors, after Alain and Bengio 2016 (arXiv 1610.01644): the ridge regression of indicators of the classes,
/// <c>W = (XᵀX + λI)⁻¹ XᵀY</c> with a constant column in X; the class with the largest value is read.
/// </summary>
internal sealed class LinearReadOut
{
    // Of the mean of the diagonal of XᵀX.
    private const double RidgeShare = 1e-3;

    private readonly int[] _classes;
    private readonly Matrix<double> _weights;

    private LinearReadOut(int[] classes, Matrix<double> weights) => (_classes, _weights) = (classes, weights);

    /// <summary>Fits a classifier.</summary>
    /// <param name="vectors">At least one vector; all of one length.</param>
    /// <param name="labels">The class of each.</param>
    public static LinearReadOut Fit(IReadOnlyList<float[]> vectors, IReadOnlyList<int> labels)
    {
        ArgumentOutOfRangeException.ThrowIfZero(vectors.Count);
        int[] classes = [.. labels.Distinct().Order()];
        var inputs = Rows(vectors);
        var indicators = Matrix<double>.Build.Dense(
            vectors.Count, classes.Length, (row, column) => labels[row] == classes[column] ? 1 : 0);
        var gram = inputs.TransposeThisAndMultiply(inputs);
        var ridge = RidgeShare * gram.Trace() / gram.RowCount;
        gram += Matrix<double>.Build.DenseDiagonal(gram.RowCount, gram.RowCount, ridge);
        return new LinearReadOut(classes, gram.Cholesky().Solve(inputs.TransposeThisAndMultiply(indicators)));
    }

    /// <summary>The classes of vectors.</summary>
    public IReadOnlyList<int> Read(IReadOnlyList<float[]> vectors) => vectors.Count == 0
        ? []
        : [.. (Rows(vectors) * _weights).EnumerateRows().Select(row => _classes[row.MaximumIndex()])];

    private static Matrix<double> Rows(IReadOnlyList<float[]> vectors) => Matrix<double>.Build.Dense(
        vectors.Count, vectors[0].Length + 1, (row, column) => column == vectors[row].Length ? 1 : vectors[row][column]);
}
