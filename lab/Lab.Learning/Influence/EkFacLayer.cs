using CognitiveTools.Lab.Learning.LibTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>
/// The Fisher matrix of one linear layer, <c>E[vec(G) vec(G)^T]</c> over records' gradients <c>G</c>, in the basis of its Kronecker factors
/// (George et al., arXiv 1806.03884): eigenvectors of <c>A = E[x x^T]</c> (inputs) and <c>S = E[g g^T]</c> (gradients of outputs), and for
/// each pair of them the mean square of the gradients' component. Factors first, then <see cref="Decompose"/>, then squares.
/// </summary>
internal sealed class EkFacLayer : IDisposable
{
    private Tensor? _inputs, _outputs, _inputVectors, _outputVectors, _squares;
    private long _records;

    /// <summary>The corrected eigenvalues, outputs x inputs; the caller disposes them.</summary>
    public Tensor Eigenvalues => Fitted(_squares).div(Scalars.Of(_records));

    /// <summary>Adds positions to the factors.</summary>
    /// <param name="gradients">The layer's gradients with labels drawn from the network's predictions.</param>
    public void AddFactors(LayerGradients gradients)
    {
        Add(ref _inputs, gradients.Inputs);
        Add(ref _outputs, gradients.Outputs);

        static void Add(ref Tensor? sum, Tensor rows)
        {
            using var scope = NewDisposeScope();
            var flat = rows.reshape(-1, rows.shape[^1]).to(ScalarType.Float64);
            var product = flat.t().mm(flat);
            if (sum is null)
                sum = product.DetachFromDisposeScope();
            else
                sum.Add(product);
        }
    }

    /// <summary>Finds the eigenvectors of both factors. Their scale does not matter, because the eigenvalues are corrected.</summary>
    /// <param name="type">The gradients' element type.</param>
    /// <exception cref="InvalidOperationException">No factors were added.</exception>
    public void Decompose(ScalarType type)
    {
        using var scope = NewDisposeScope();
        if (_inputs is null || _outputs is null)
            throw new InvalidOperationException("The layer has no factors. Add the gradients of records first.");
        _inputVectors = linalg.eigh(_inputs).Item2.to(type).DetachFromDisposeScope();
        _outputVectors = linalg.eigh(_outputs).Item2.to(type).DetachFromDisposeScope();
    }

    /// <summary>Adds records to the corrected eigenvalues.</summary>
    /// <param name="gradients">Records x outputs x inputs, with drawn labels.</param>
    public void AddSquares(Tensor gradients)
    {
        using var scope = NewDisposeScope();
        var squares = Turn(gradients).square().to(ScalarType.Float64).sum([0L]);
        _records += gradients.shape[0];
        if (_squares is null)
            _squares = squares.DetachFromDisposeScope();
        else
            _squares.Add(squares);
    }

    /// <summary><c>(F + d I)^-1 g</c> for each gradient <c>g</c>.</summary>
    /// <param name="gradients">Any number x outputs x inputs.</param>
    /// <param name="damping">The part of the mean eigenvalue that is <c>d</c>, above 0.</param>
    public Tensor Solve(Tensor gradients, double damping)
    {
        using var scope = NewDisposeScope();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(damping);
        var values = Eigenvalues;
        var damped = values.Plus(values.mean() * Scalars.Of(damping));
        var solved = Turn(gradients) / damped.to(gradients.dtype);
        return Fitted(_outputVectors).matmul(solved).matmul(Fitted(_inputVectors).t()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var kept in (Tensor?[])[_inputs, _outputs, _inputVectors, _outputVectors, _squares])
            kept?.Dispose();
    }

    private Tensor Turn(Tensor gradients) => Fitted(_outputVectors).t().matmul(gradients).matmul(Fitted(_inputVectors));

    private static Tensor Fitted(Tensor? part) =>
        part ?? throw new InvalidOperationException("The layer is not fitted. Add factors, decompose them, and add squares.");
}
