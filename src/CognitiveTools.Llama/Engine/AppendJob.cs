using CognitiveTools.Chat;
using CognitiveTools.Latents;

namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Appends rows to a sequence and predicts what follows the last one: its hidden state and logits, copied for the caller. Owns no
/// native memory. Decode thread only, once it is sent (<see cref="Job"/>). When it fails, the sequence is as it was before.
/// </summary>
internal sealed class AppendJob : Job
{
    private readonly TaskCompletionSource<Prediction> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal AppendJob(EngineSequence sequence, ReadOnlyMemory<int> tokens, CancellationToken cancellation)
        : base(sequence, cancellation) => (Tokens, Rows) = (tokens, tokens.Length);

    internal AppendJob(EngineSequence sequence, ReadOnlyMemory<float> embeddings, int rows, CancellationToken cancellation)
        : base(sequence, cancellation) => (Embeddings, Rows) = (embeddings, rows);

    internal Task<Prediction> Result => _result.Task;

    internal override StepOutcome Outcome => OutcomeOf(_result.Task, static prediction => new(prediction));

    internal override bool WantsHidden => true;

    internal override void OnOutput(NativeContext context, int row)
    {
        if (!Accepts(context.Logits(row), StartLength + Rows - 1))
            return;
        var logits = context.Logits(row).ToArray();
        var hidden = context.Hidden(row);
        if (hidden.IsEmpty)
        {
            Fail(new NotSupportedException(
                $"llama.cpp gives no hidden states of {Sequence.ModelName}, which latent reasoning needs. Use the model verbally."));
            return;
        }

        var prediction = new Prediction(hidden.ToArray(), logits);
        IsFinished = true;
        Sequence.Commit(StartLength + Rows, logits);
        _result.TrySetResult(prediction);
    }

    internal override void Fail(Exception error)
    {
        IsFinished = Failed = true;
        _result.TrySetException(new PartialWork(Done, 0).On(error));
    }
}
