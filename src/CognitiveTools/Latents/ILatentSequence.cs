namespace CognitiveTools.Latents;

/// <summary>
/// One lane of the key-value cache. Used by one caller at a time; disposing frees the lane.
/// </summary>
public interface ILatentSequence : IAsyncDisposable
{
    /// <summary>Positions held.</summary>
    int Length { get; }

    /// <summary>Appends tokens and predicts what follows the last of them.</summary>
    /// <param name="tokens">At least one token.</param>
    /// <param name="cancellationToken">Cancels between decodes.</param>
    /// <exception cref="ContextFullException">The sequence would outgrow the context; nothing was appended.</exception>
    /// <exception cref="InvalidPredictionException">The model computed no usable logits; nothing was appended.</exception>
    ValueTask<Prediction> AppendAsync(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken = default);

    /// <summary>Appends embeddings and predicts what follows the last of them.</summary>
    /// <param name="embeddings">rows x <see cref="ILatentModel.EmbeddingLength"/> floats, at least one row.</param>
    /// <param name="cancellationToken">Cancels between decodes.</param>
    /// <exception cref="ContextFullException">The sequence would outgrow the context; nothing was appended.</exception>
    /// <exception cref="InvalidPredictionException">The model computed no usable logits; nothing was appended.</exception>
    ValueTask<Prediction> AppendAsync(ReadOnlyMemory<float> embeddings, CancellationToken cancellationToken = default);

    /// <summary>
    /// Generates text: samples from the last prediction and appends the token, until
    /// the model ends its turn or a limit is reached. The sequence must not be empty.
    /// </summary>
    /// <exception cref="InvalidPredictionException">The model computed no usable logits; the sequence is unchanged.</exception>
    ValueTask<Continuation> ContinueAsync(ContinuationOptions options, CancellationToken cancellationToken = default);

    /// <summary>A second sequence with the same contents; the prefix's cache is shared, not copied.</summary>
    ILatentSequence Fork();

    /// <summary>Removes everything after the first <paramref name="length"/> positions.</summary>
    /// <remarks>The next call must be an append, because the prediction at the new end is not kept.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or beyond <see cref="Length"/>.</exception>
    void Rewind(int length);
}
