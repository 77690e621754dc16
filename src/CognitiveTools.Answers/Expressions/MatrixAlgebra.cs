using System.Collections.Immutable;

namespace CognitiveTools.Answers.Expressions;

/// <summary>Sums, products and transposes of matrices as one matrix.</summary>
internal static class MatrixAlgebra
{
    private const int Largest = 16;

    /// <summary>The matrix; <see langword="null"/> when sizes do not fit or are too large.</summary>
    public static Matrix? Reduce(Node node)
    {
        switch (node)
        {
            case Matrix matrix:
                return matrix.Rows.Length <= Largest && matrix.Rows[0].Length <= Largest ? matrix : null;
            case Transpose { Of: Brackets { Open: '(' or '[' } vector }:
                return new Matrix([.. vector.Items.Select(i => ImmutableArray.Create(i))]);
            case Transpose transpose:
                return Reduce(transpose.Of) is { } inner ? Transposed(inner) : null;
            case Sum sum:
                return sum.Terms.Select(Reduce).Aggregate((a, b) => a is null || b is null ? null : Plus(a, b));
            case Product product:
                return Multiply(product);
            default:
                return null;
        }
    }

    private static Matrix Transposed(Matrix matrix) =>
        new([.. Enumerable.Range(0, matrix.Rows[0].Length).Select(c => matrix.Rows.Select(r => r[c]).ToImmutableArray())]);

    private static Matrix? Plus(Matrix a, Matrix b) => a.Rows.Length == b.Rows.Length && a.Rows[0].Length == b.Rows[0].Length
        ? new Matrix([.. a.Rows.Zip(b.Rows, (r, s) => r.Zip(s, Node (x, y) => new Sum([x, y])).ToImmutableArray())])
        : null;

    private static Matrix? Multiply(Product product)
    {
        Matrix? result = null;
        var scalars = ImmutableArray.CreateBuilder<Node>();
        foreach (var factor in product.Factors)
        {
            if (!factor.Any(n => n is Matrix or Transpose))
                scalars.Add(factor);
            else if (Reduce(factor) is { } matrix && (result is null ? matrix : Times(result, matrix)) is { } next)
                result = next;
            else
                return null;
        }

        return result is null || scalars.Count == 0 ? result
            : new Matrix([.. result.Rows.Select(r => r.Select(Node (entry) => new Product([.. scalars, entry])).ToImmutableArray())]);
    }

    private static Matrix? Times(Matrix a, Matrix b) => a.Rows[0].Length != b.Rows.Length ? null
        : new Matrix([.. a.Rows.Select(row => Enumerable.Range(0, b.Rows[0].Length)
            .Select(Node (c) => new Sum([.. row.Select(Node (entry, i) => new Product([entry, b.Rows[i][c]]))])).ToImmutableArray())]);
}
