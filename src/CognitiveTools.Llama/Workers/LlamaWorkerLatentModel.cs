using CognitiveTools.Latents;
using CognitiveTools.Llama.Latents;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// Latent use of a worker's model, like <see cref="LlamaLatentModel"/>. A sequence lives in one process: when that process ends, every
/// call to the sequence fails with <see cref="LlamaWorkerException"/>, and later sequences live in a new process. Calls for tokens and
/// rows of the matrices are retried. Thread-safe; the worker is not disposed with it.
/// </summary>
internal sealed class LlamaWorkerLatentModel : ILatentModel
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

    SeparatedText? ILatentModel.Separate(TurnSoFar turn, bool isEnd) =>
        _worker.Ask(new SeparateCall(turn, isEnd)).Message;
}
