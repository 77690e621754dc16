using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;

namespace CognitiveTools.Llama.Latents;

/// <summary>
/// Latent use of a llama.cpp model: hidden states are the network's output after its final norm, inputs are rows of the
/// embedding space. Thread-safe; the engine is not disposed with it.
/// </summary>
public sealed class LlamaLatentModel : ILatentModel, IDisposable
{
    private readonly LlamaEngine _engine;
    private readonly LlamaTokenEmbeddings _embeddings;
    private readonly Lazy<LlamaTokenEmbeddings> _output;

    private LlamaLatentModel(LlamaEngine engine, LlamaTokenEmbeddings embeddings, EmbeddingParityReport parity)
    {
        (_engine, _embeddings, Parity) = (engine, embeddings, parity);
        _output = new(() => LlamaTokenEmbeddings.OpenOutput(engine.Model));
    }

    /// <inheritdoc/>
    public int EmbeddingLength => _engine.Model.EmbeddingLength;

    /// <inheritdoc/>
    public int VocabularySize => _engine.Model.Tokenizer.Count;

    /// <inheritdoc/>
    public int ContextLength => _engine.ContextLength;

    /// <inheritdoc/>
    public ITokenEmbeddings Embeddings => _embeddings;

    /// <inheritdoc/>
    public ITokenEmbeddings OutputEmbeddings => _output.Value;

    /// <inheritdoc/>
    public ILatentTokenizer Tokenizer => _engine.Model.Tokenizer;

    /// <summary>The measurement that admitted the model.</summary>
    internal EmbeddingParityReport Parity { get; }

    /// <summary>Measures the model's embedding input and admits it to latent use.</summary>
    /// <exception cref="NotSupportedException">The model's embedding input does not equal its token input, or its hidden
    /// states cannot be inputs; the message says what to do.</exception>
    public static async Task<LlamaLatentModel> CreateAsync(LlamaEngine engine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var model = engine.Model;
        if (model.HiddenLength != model.EmbeddingLength)
            throw new NotSupportedException(
                $"{model.Path}: hidden states have {model.HiddenLength} floats but inputs {model.EmbeddingLength}, "
                + "so a hidden state cannot be fed back. Use another model for latent reasoning.");
        var embeddings = LlamaTokenEmbeddings.Open(model);
        try
        {
            var parity = await EmbeddingParity.MeasureAsync(engine, embeddings, cancellationToken).ConfigureAwait(false);
            if (!parity.HasLogits)
                throw new NotSupportedException(
                    $"{model.Path}: llama.cpp computes no logits when it returns hidden states of this model, so nothing could be "
                    + "answered after a latent step. Use it verbally, or another model for latent reasoning.");
            return parity.Passed
                ? new(engine, embeddings, parity)
                : throw new NotSupportedException(
                    $"{model.Path} fails the embedding parity test: "
                    + $"{parity.Agreeing} of {parity.Positions} positions agree, "
                    + $"logits differ by up to {parity.MaxLogitDifference:0.###} (scale {parity.Scale:0.###}). "
                    + "Its embedding input is not its token input, so latent results would be wrong. "
                    + "Use it verbally, or another model for latent reasoning.");
        }
        catch
        {
            embeddings.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ILatentSequence Begin() => _engine.Begin();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StepOutcome>> StepAsync(IReadOnlyList<SequenceStep> group) => new(GroupStep.RunAsync(_engine, group));

    SeparatedText? ILatentModel.Separate(TurnSoFar turn, bool isEnd) => _engine.Thoughts.Separate(turn, isEnd);

    /// <inheritdoc/>
    public void Dispose()
    {
        _embeddings.Dispose();
        if (_output.IsValueCreated)
            _output.Value.Dispose();
    }
}
