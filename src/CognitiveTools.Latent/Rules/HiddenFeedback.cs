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
/// </remarks>
public sealed class HiddenFeedback(Alignment alignment) : IThoughtRule
{
    private const float SmallestNorm = 1e-6f;

    /// <inheritdoc/>
    public bool FeedsEmbeddings => true;

    /// <inheritdoc/>
    public ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IThoughtState>(new State(
            alignment == Alignment.Norm ? context.Model.Embeddings.MeanNorm : null));

    private sealed class State(float? norm) : IThoughtState
    {
        public ThoughtInput Next(in Prediction prediction)
        {
            if (norm is not { } target)
                return ThoughtInput.OfEmbedding(prediction.Hidden);

            var hidden = prediction.Hidden.Span;
            var embedding = new float[hidden.Length];
            TensorPrimitives.Multiply(hidden, target / MathF.Max(TensorPrimitives.Norm(hidden), SmallestNorm), embedding);
            return ThoughtInput.OfEmbedding(embedding);
        }
    }
}
