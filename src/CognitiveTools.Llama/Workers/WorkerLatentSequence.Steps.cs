using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;

namespace CognitiveTools.Llama.Workers;

// A group goes to the process in one frame and comes back in one.
internal sealed partial class WorkerLatentSequence
{
    /// <summary>Steps sequences of one worker together.</summary>
    /// <exception cref="ArgumentException">The group is empty or has a sequence twice, or a sequence is not of this worker.</exception>
    public static async Task<IReadOnlyList<StepOutcome>> StepAsync(LlamaWorker owner, IReadOnlyList<SequenceStep> group)
    {
        SequenceStep.RequireGroup(group);
        WorkerLatentSequence[] sequences = [.. group.Select(step => Of(step.Sequence, owner))];
        var outcomes = new StepOutcome[group.Count];
        var begun = new List<int>();
        for (var i = 0; i < sequences.Length; i++)
        {
            if (await sequences[i].PlaceAsync(group[i].Cancellation).ConfigureAwait(false) is { } error)
                outcomes[i] = new(error);
            else
                begun.Add(i);
        }

        // A sequence whose process has ended still belongs to it: the call fails with the reason of the end.
        foreach (var members in begun.GroupBy(i => sequences[i]._process!))
            await StepAsync(members.Key, [.. members], sequences, group, outcomes).ConfigureAwait(false);
        return outcomes;
    }

    private static async Task StepAsync(
        WorkerProcess process, int[] members, WorkerLatentSequence[] sequences, IReadOnlyList<SequenceStep> group, StepOutcome[] outcomes)
    {
        var call = new StepCall([.. members.Select(i => StepOf(sequences[i], group[i]))]);
        float[] rows = [.. members.SelectMany(i => group[i].Embeddings.ToArray())];
        WorkerFrame<WorkerOutcome[]> answer;
        IProgress<ContinuationPiece>?[] observers = [.. members.Select(i => group[i].Continuation?.TextObserver)];
        var (pieces, heard) = observers.All(static observer => observer is null) ? default : ObservedText.OfGroup(observers);
        try
        {
            answer = await process.CallAsync(call, rows, [.. members.Select(i => group[i].Cancellation)], pieces).ConfigureAwait(false);
        }
        catch (LlamaWorkerException lost)
        {
            foreach (var i in members)
                outcomes[i] = new(lost);
            return;
        }
        finally
        {
            if (heard is not null)
                await heard.ConfigureAwait(false);
        }

        var predicted = answer.Message.Count(static outcome => outcome.Kind == WorkerOutcomeKind.Predicted);
        var floats = predicted == 0 ? 0 : answer.Rows.Length / predicted;
        var (next, width) = (0, sequences[members[0]]._width);
        foreach (var (i, outcome) in members.Zip(answer.Message))
        {
            outcomes[i] = outcome.Kind switch
            {
                WorkerOutcomeKind.Predicted => new(PredictionOf(answer.Rows.AsMemory(next++ * floats, floats), width)),
                WorkerOutcomeKind.Continued => new(outcome.Continuation!),
                WorkerOutcomeKind.Cancelled => new(new OperationCanceledException(group[i].Cancellation)),
                WorkerOutcomeKind.Failed => new(outcome.Failure!.ToException()),
                _ => StepOutcome.NotBegun,
            };
            sequences[i].Length += outcome.Kind switch
            {
                WorkerOutcomeKind.Predicted => group[i].Tokens.Length + (group[i].Embeddings.Length / width),
                WorkerOutcomeKind.Continued => outcome.Continuation!.Tokens.Count,
                _ => 0,
            };
        }
    }

    private static WorkerStep StepOf(WorkerLatentSequence sequence, SequenceStep step) => new(
        sequence._number, step.Tokens.ToArray(), step.Embeddings.Length, step.Continuation,
        Streams: step.Continuation?.TextObserver is not null);

    private static Prediction PredictionOf(ReadOnlyMemory<float> row, int width) => new(row[..width], row[width..]);

    private static WorkerLatentSequence Of(ILatentSequence sequence, LlamaWorker owner) =>
        sequence is WorkerLatentSequence own && own._worker == owner ? own : throw SequenceStep.OfAnotherModel(nameof(sequence));

    /// <summary>Assigns the sequence to a process.</summary>
    /// <returns>Why the member cannot start; <see langword="null"/> when it can.</returns>
    private async Task<Exception?> PlaceAsync(CancellationToken cancellationToken)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            cancellationToken.ThrowIfCancellationRequested();
            _process ??= await _worker.RunningAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (error is ObjectDisposedException or OperationCanceledException or LlamaWorkerException)
        {
            return error;
        }
    }
}
