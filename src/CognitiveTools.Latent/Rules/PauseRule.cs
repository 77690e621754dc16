using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Rules;

/// <summary>
/// Feeds the same input at every step, independent of the predictions: positions to compute in, without content (pause tokens,
/// Goyal et al., arXiv 2310.02226). The control for every method whose thoughts are supposed to carry content.
/// </summary>
internal sealed class PauseRule : IThoughtRule
{
    private readonly ThoughtInput _input;

    private PauseRule(ThoughtInput input) => _input = input;

    /// <inheritdoc/>
    public bool FeedsEmbeddings => _input.Kind == ThoughtInputKind.Embedding;

    /// <summary>Pauses with a token.</summary>
    public static PauseRule OfToken(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        return new PauseRule(ThoughtInput.OfToken(token));
    }

    /// <summary>Pauses with a fixed embedding.</summary>
    /// <param name="embedding">One row of the model's <see cref="ILatentModel.EmbeddingLength"/> floats.</param>
    public static PauseRule OfEmbedding(ReadOnlySpan<float> embedding) =>
        new(ThoughtInput.OfEmbedding(embedding.ToArray()));

    /// <inheritdoc/>
    public ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken cancellationToken = default)
    {
        if (_input.Kind == ThoughtInputKind.Token && _input.Token >= context.Model.VocabularySize)
        {
            throw new ArgumentException(
                $"The pause token {_input.Token} is outside the model's vocabulary of {context.Model.VocabularySize}. "
                    + "Name a token of this model.",
                nameof(context));
        }

        if (FeedsEmbeddings && _input.Embedding.Length != context.Model.EmbeddingLength)
        {
            throw new ArgumentException(
                $"The pause embedding has {_input.Embedding.Length} floats but the model's rows have {context.Model.EmbeddingLength}. "
                    + "Give one row of this model.",
                nameof(context));
        }

        return ValueTask.FromResult<IThoughtState>(new State(_input));
    }

    private sealed class State(ThoughtInput input) : IThoughtState
    {
        public ThoughtInput Next(in Prediction prediction) => input;
    }
}
