using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>
/// The damped inverse Fisher matrix of a network's linear layers, each layer apart, as influence functions need it (Grosse et al.,
/// arXiv 2308.03296, who call it the Gauss-Newton Hessian; for cross entropy they are the same).
/// </summary>
internal sealed class EkFac : IDisposable
{
    /// <summary>The damping of arXiv 2308.03296, as a part of a layer's mean eigenvalue.</summary>
    public const double DefaultDamping = 0.1;

    // Labels drawn per record, for factors and eigenvalues each.
    private const int Draws = 2;

    private readonly EkFacLayer[] _layers;

    private EkFac(EkFacLayer[] layers) => _layers = layers;

    /// <summary>Fits factors and eigenvalues, in two passes over the records.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="records">What it was trained on.</param>
    /// <param name="seed">Fixes the labels that are drawn.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static EkFac Fit(Decoder network, TokenFile records, ulong seed, CancellationToken cancellationToken = default)
    {
        EkFacLayer[]? layers = null;
        Pass("factors", static (layer, gradients) => layer.AddFactors(gradients));
        foreach (var layer in layers!)
            layer.Decompose(network.Parameters.Values.dtype);
        Pass("squares", static (layer, gradients) => layer.AddSquares(gradients.PerRecord()));
        return new EkFac(layers);

        void Pass(string purpose, Action<EkFacLayer, LayerGradients> add)
        {
            var source = new RecordGradients(network);
            for (var draw = 0; draw < Draws; draw++)
            {
                var random = SeededRandom.For(seed, $"labels of {purpose} {draw}");
                foreach (var batch in RecordGradients.Batches(records, Enumerable.Range(0, records.Count)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    using var scope = NewDisposeScope();
                    var gradients = source.OfDrawnLabels(batch, random);
                    layers ??= [.. gradients.Select(static _ => new EkFacLayer())];
                    for (var i = 0; i < layers.Length; i++)
                        add(layers[i], gradients[i]);
                }
            }
        }
    }

    /// <summary><c>(F + d I)^-1 g</c>, layer by layer.</summary>
    /// <param name="gradients">For each layer, any number x outputs x inputs.</param>
    /// <param name="damping">The part of each layer's mean eigenvalue that is <c>d</c>, above 0.</param>
    public IReadOnlyList<Tensor> Solve(IReadOnlyList<Tensor> gradients, double damping) =>
        [.. _layers.Select((layer, i) => layer.Solve(gradients[i], damping))];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var layer in _layers)
            layer.Dispose();
    }
}
