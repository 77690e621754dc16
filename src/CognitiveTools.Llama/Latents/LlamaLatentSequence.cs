using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;

namespace CognitiveTools.Llama.Latents;

/// <summary>An engine's sequence under the latent contract.</summary>
internal sealed class LlamaLatentSequence(EngineSequence sequence) : ILatentSequence
{
    public int Length => sequence.Length;

    /// <summary>Steps sequences of one engine as one command.</summary>
    /// <exception cref="ArgumentException">The group is empty or has a sequence twice, or a sequence is not of this engine.</exception>
    public static Task<IReadOnlyList<StepOutcome>> StepAsync(LlamaEngine engine, IReadOnlyList<SequenceStep> group)
    {
        SequenceStep.RequireGroup(group);
        EngineSequence[] sequences = [.. group.Select(step => Of(step.Sequence, engine))];
        var run = new GroupRun(engine, group.Count);
        for (var i = 0; i < sequences.Length; i++)
        {
            var step = group[i];
            run.Add(i, sequences[i], own => JobOf(own, step));
        }

        return run.RunAsync();
    }

    public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken = default) =>
        new(sequence.AppendAsync(tokens, cancellationToken));

    public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<float> embeddings, CancellationToken cancellationToken = default) =>
        new(sequence.AppendAsync(embeddings, cancellationToken));

    public async ValueTask<Continuation> ContinueAsync(ContinuationOptions options, CancellationToken cancellationToken = default) =>
        (await sequence.ContinueAsync(GenerationOptions.Of(options), cancellationToken).ConfigureAwait(false)).ToContinuation();

    public ILatentSequence Fork() => new LlamaLatentSequence(sequence.Fork());

    public void Rewind(int length) => sequence.Rewind(length);

    public ValueTask DisposeAsync()
    {
        sequence.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Job JobOf(EngineSequence own, SequenceStep step) =>
        step.Continuation is { } options ? own.NewContinuation(GenerationOptions.Of(options), gate: null, step.Cancellation)
        : step.Embeddings.IsEmpty ? own.NewAppend(step.Tokens, step.Cancellation)
        : own.NewAppend(step.Embeddings, step.Cancellation);

    private static EngineSequence Of(ILatentSequence sequence, LlamaEngine engine) =>
        sequence is LlamaLatentSequence { Inner: var own } && own.Engine == engine ? own : throw SequenceStep.OfAnotherModel(nameof(sequence));

    private EngineSequence Inner => sequence;
}
