using CognitiveTools.Lab.Learning.Influence;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Influence;

/// <summary>A layer's damped inverse against the Fisher matrix written out, where the two must be equal; and what holds always.</summary>
public sealed class EkFacLayerTests
{
    private const int Inputs = 4, Outputs = 3;

    [Fact]
    public void It_is_the_exact_inverse_where_labels_do_not_depend_on_the_input()
    {
        // One layer of logits, one token a record. With weights of zero all labels are equally likely whatever the input is; so with each
        // label drawn once for each input the Fisher matrix is the product of its factors.
        using var scope = NewDisposeScope();
        var inputs = Drawn(1, 5, Inputs).repeat_interleave(Outputs, 0);
        var weight = zeros(Outputs, Inputs, dtype: ScalarType.Float64).requires_grad_(true);
        var labels = arange(Outputs).repeat(5);
        var logits = nn.functional.linear(inputs, weight);
        var outputs = autograd.grad([nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum)], [logits])[0];

        AgreesWithTheDenseSolution(new LayerGradients("logits", inputs.unsqueeze(1), outputs.unsqueeze(1)));
    }

    [Fact]
    public void It_is_the_exact_inverse_for_a_single_record() =>
        AgreesWithTheDenseSolution(new LayerGradients("one", Drawn(2, 1, 1, Inputs), Drawn(3, 1, 1, Outputs)));

    [Fact]
    public void Its_eigenvalues_add_up_to_the_trace_of_the_Fisher_matrix_and_are_its_diagonal_in_their_basis()
    {
        using var scope = NewDisposeScope();
        var gradients = new LayerGradients("some", Drawn(4, 9, 3, Inputs), Drawn(5, 9, 3, Outputs));
        using var layer = Fit(gradients);

        Assert.Equal(Fisher(gradients).diagonal().sum().item<double>(), layer.Eigenvalues.sum().item<double>(), 1e-9);
        // Of all diagonal matrices in the basis this one is nearest to F, so F's quadratic forms along the basis are the eigenvalues.
        var (inputs, outputs) = (Vectors(gradients.Inputs), Vectors(gradients.Outputs));
        for (var i = 0; i < Outputs; i++)
        {
            for (var j = 0; j < Inputs; j++)
            {
                var direction = outer(outputs.select(1, i), inputs.select(1, j)).flatten();
                var form = direction.dot(Fisher(gradients).mv(direction)).item<double>();
                Assert.Equal(form, layer.Eigenvalues[i, j].item<double>(), 1e-9);
            }
        }
    }

    [Fact]
    public void Strong_damping_leaves_the_gradient_times_a_number()
    {
        using var scope = NewDisposeScope();
        using var layer = Fit(new LayerGradients("some", Drawn(4, 9, 3, Inputs), Drawn(5, 9, 3, Outputs)));
        var gradients = Drawn(6, 2, Outputs, Inputs);
        const double Damping = 1e9;

        var solved = layer.Solve(gradients, Damping) * (layer.Eigenvalues.mean() * Damping);

        Same(gradients, solved, 1e-6);
    }

    [Fact]
    public void A_layer_that_is_not_fitted_says_so()
    {
        using var scope = NewDisposeScope();
        using var layer = new EkFacLayer();
        Assert.Contains("factors", Assert.Throws<InvalidOperationException>(
            () => layer.Decompose(ScalarType.Float64)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Solve(Drawn(6, 2, Outputs, Inputs), 0));
    }

    private static void AgreesWithTheDenseSolution(LayerGradients gradients)
    {
        using var scope = NewDisposeScope();
        using var layer = Fit(gradients);
        var asked = Drawn(7, 2, Outputs, Inputs);
        const double Damping = 0.1;
        var fisher = Fisher(gradients);
        var damped = fisher + eye(Outputs * Inputs, dtype: ScalarType.Float64) * (fisher.diagonal().mean() * Damping);

        var wanted = linalg.inv(damped).matmul(asked.flatten(1).t()).t().view(2, Outputs, Inputs);

        Same(wanted, layer.Solve(asked, Damping), 1e-9);
    }

    private static EkFacLayer Fit(LayerGradients gradients)
    {
        var layer = new EkFacLayer();
        layer.AddFactors(gradients);
        layer.Decompose(ScalarType.Float64);
        using var scope = NewDisposeScope();
        layer.AddSquares(gradients.PerRecord());
        return layer;
    }

    // E[vec(G) vec(G)^T], written out.
    private static Tensor Fisher(LayerGradients gradients)
    {
        var flat = gradients.PerRecord().flatten(1);
        return flat.t().mm(flat) / (double)flat.shape[0];
    }

    private static Tensor Vectors(Tensor rows)
    {
        var flat = rows.reshape(-1, rows.shape[^1]);
        return linalg.eigh(flat.t().mm(flat)).Item2;
    }

    private static Tensor Drawn(long seed, params long[] shape)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, dtype: ScalarType.Float64, generator: generator);
    }

    private static void Same(Tensor wanted, Tensor found, double tolerance)
    {
        var scale = Math.Max(1, wanted.abs().max().item<double>());
        Assert.Equal(wanted.shape, found.shape);
        Assert.True((wanted - found).abs().max().item<double>() <= tolerance * scale, $"{wanted.str()}\n{found.str()}");
    }
}
