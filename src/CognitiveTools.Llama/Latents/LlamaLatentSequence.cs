using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;

namespace CognitiveTools.Llama.Latents;

/// <summary>An engine's sequence under the latent contract.</summary>
internal sealed class LlamaLatentSequence(EngineSequence sequence) : ILatentSequence
{
    public int Length => sequence.Length;

    public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken = default) =>
        new(sequence.AppendAsync(tokens, cancellationToken));

    public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<float> embeddings, CancellationToken cancellationToken = default) =>
        new(sequence.AppendAsync(embeddings, cancellationToken));

    public async ValueTask<Continuation> ContinueAsync(ContinuationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var generation = await sequence.ContinueAsync(
            new()
            {
                MaxTokens = options.MaxTokens,
                StopSequences = options.StopSequences,
                Margins = options.Margins,
                Sampling = new() { Temperature = options.Temperature, Seed = options.Seed },
            },
            cancellationToken).ConfigureAwait(false);
        return new(generation.Text, generation.Tokens, generation.End) { Margins = generation.Margins };
    }

    public ILatentSequence Fork() => new LlamaLatentSequence(sequence.Fork());

    public void Rewind(int length) => sequence.Rewind(length);

    public ValueTask DisposeAsync()
    {
        sequence.Dispose();
        return ValueTask.CompletedTask;
    }
}
