using System.Numerics.Tensors;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Rules;

/// <summary>
/// Feeds the last hidden state back as the next input: <c>e(t+1) = A(h(t))</c>, where h is the state after the final
/// norm.
/// </summary>
/// <remarks>
/// <para><see cref="Alignment.Identity"/>: <c>A(h) = h</c>. Coconut (Hao et al., arXiv 2412.06769), for models trained
/// with it.</para>
/// <para><see cref="Alignment.Norm"/>: <c>A(h) = h · n / max(‖h‖, 1e-6)</c> with <c>n = mean_i ‖E_i‖</c> over the rows
/// of the input matrix. LatentMAS (arXiv 2511.20639) with its default, realignment matrix off.</para>
/// <para><see cref="Alignment.Ridge"/>: the same after <c>hW</c>, LatentMAS with the realignment matrix on.</para>
/// </remarks>
/// <param name="alignment">The map A.</param>
/// <param name="maps">The cache of ridge maps; <see langword="null"/> for a cache of this rule's own.</param>
internal sealed class HiddenFeedback(Alignment alignment, RidgeMaps? maps = null) : IThoughtRule
{
    private const float SmallestNorm = 1e-6f;

    private readonly RidgeMaps _maps = maps ?? new RidgeMaps();

    /// <inheritdoc/>
    public bool FeedsEmbeddings => true;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The alignment is ridge and the model's output matrix cannot be read.</exception>
    public async ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken cancellationToken = default) =>
        new State(
            alignment == Alignment.Identity ? null : context.Model.Embeddings.MeanNorm,
            alignment == Alignment.Ridge ? await _maps.OfAsync(context.Model, cancellationToken) : null);

    internal sealed class State(float? norm, RidgeMap? map) : IThoughtState
    {
        public ThoughtInput Next(in Prediction prediction)
        {
            if (norm is not { } target)
                return ThoughtInput.OfEmbedding(prediction.Hidden);

            var aligned = map is null ? prediction.Hidden.ToArray() : map.Apply(prediction.Hidden.Span);
            TensorPrimitives.Multiply(aligned, target / MathF.Max(TensorPrimitives.Norm<float>(aligned), SmallestNorm), aligned);
            return ThoughtInput.OfEmbedding(aligned);
        }
    }
}
