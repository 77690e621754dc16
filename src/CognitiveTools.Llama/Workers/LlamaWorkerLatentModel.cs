using CognitiveTools.Latents;
using CognitiveTools.Llama.Latents;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// Latent use of the model of a worker, as of a <see cref="LlamaLatentModel"/>. A sequence lives in one process: should that
/// end, every call to it fails with <see cref="LlamaWorkerException"/>, and sequences begun afterwards live in a new one.
/// Tokens and rows of the matrices are asked for, and asked for again. Thread-safe; the worker is not disposed with it.
/// </summary>
public sealed class LlamaWorkerLatentModel : ILatentModel
{
    private readonly LlamaWorker _worker;
    private readonly LatentSizes _sizes;

    private LlamaWorkerLatentModel(LlamaWorker worker, LatentSizes sizes)
    {
        (_worker, _sizes, Tokenizer) = (worker, sizes, new WorkerTokenizer(worker));
        Embeddings = new WorkerTokenEmbeddings(worker, sizes, ofOutput: false);
        OutputEmbeddings = new WorkerTokenEmbeddings(worker, sizes, ofOutput: true);
    }

    /// <inheritdoc/>
    public int EmbeddingLength => _sizes.EmbeddingLength;

    /// <inheritdoc/>
    public int VocabularySize => _sizes.VocabularySize;

    /// <inheritdoc/>
    public int ContextLength => _sizes.ContextLength;

    /// <inheritdoc/>
    public ITokenEmbeddings Embeddings { get; }

    /// <inheritdoc/>
    public ITokenEmbeddings OutputEmbeddings { get; }

    /// <inheritdoc/>
    public ILatentTokenizer Tokenizer { get; }

    /// <summary>Measures the model's embedding input in the worker and admits it to latent use.</summary>
    /// <exception cref="NotSupportedException">As of <see cref="LlamaLatentModel.CreateAsync"/>.</exception>
    /// <exception cref="LlamaWorkerException">The process could not be started, or ended.</exception>
    public static async Task<LlamaWorkerLatentModel> CreateAsync(LlamaWorker worker, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(worker);
        var process = await worker.RunningAsync(cancellationToken).ConfigureAwait(false);
        return new(
            worker, (await process.CallAsync(new LatentSizesCall(), cancellationToken: cancellationToken).ConfigureAwait(false)).Message);
    }

    /// <inheritdoc/>
    public ILatentSequence Begin() => new WorkerLatentSequence(_worker, EmbeddingLength);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StepOutcome>> StepAsync(IReadOnlyList<SequenceStep> group) =>
        new(WorkerLatentSequence.StepAsync(_worker, group));
}
