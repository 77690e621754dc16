using System.Numerics.Tensors;
using CognitiveTools.Latents;

namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Work on one sequence: rows to forward, and what to do with the output of the last row. Made on a caller's thread and sent as a
/// command; from then on only the decode thread touches it, and callers await its task. Invariants: <see cref="Done"/> rows of
/// <see cref="Rows"/> are in the lane; a finished job has completed its task or was deferred; <see cref="End"/> is the last call.
/// </summary>
internal abstract class Job(EngineSequence sequence, CancellationToken cancellation)
{
    internal EngineSequence Sequence { get; } = sequence;

    internal CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Token rows; empty when the rows are embeddings.</summary>
    internal ReadOnlyMemory<int> Tokens { get; private protected set; }

    /// <summary>Embedding rows, one after the other.</summary>
    internal ReadOnlyMemory<float> Embeddings { get; private protected set; }

    internal bool IsEmbedding => !Embeddings.IsEmpty;

    internal int Rows { get; private protected set; }

    /// <summary>One embedding row.</summary>
    internal ReadOnlySpan<float> EmbeddingOf(int row)
    {
        var width = Embeddings.Length / Rows;
        return Embeddings.Span.Slice(row * width, width);
    }

    /// <summary>Rows forwarded, or reused from another sequence.</summary>
    internal int Done { get; set; }

    internal int Remaining => Rows - Done;

    /// <summary>
    /// Positions that the lane keeps of those it holds, because the job has taken tokens back; <see langword="null"/>: all.
    /// </summary>
    internal int? CutTo { get; set; }

    /// <summary>A row before which a decode must end, because the state there is saved; 0: none.</summary>
    internal int Pause { get; private set; }

    /// <summary>Makes a decode end before a row that has not been forwarded, unless it would be an earlier one.</summary>
    internal void PauseAt(int row)
    {
        if (row > Done && row < Rows && (Pause <= Done || row < Pause))
            Pause = row;
    }

    /// <summary>Rows that can be in one decode.</summary>
    internal int Together =>
        Pause > Done ? Math.Min(Pause - Done, Remaining) : LastRowApart && Remaining > 1 ? Remaining - 1 : Remaining;

    /// <summary>Whether the state of the sequence is worth saving here: at the end of a prompt, and where prompts part.</summary>
    internal bool IsAtBoundary => !IsGenerating && Done > 0 && ((LastRowApart && Remaining == 1) || Done == Pause);

    /// <summary>Whether the output of the last row includes the hidden state.</summary>
    internal virtual bool WantsHidden => false;

    /// <summary>Whether the last row needs another kind of batch than the rows before it.</summary>
    internal virtual bool LastRowApart => WantsHidden;

    /// <summary>What steers the next row; only the last of several rows is ever steered.</summary>
    internal virtual AppliedSteering? Steering => null;

    /// <summary>Whether the rows are tokens that this job sampled itself.</summary>
    internal virtual bool IsGenerating => false;

    /// <summary>Whether the sequence ends with the job, so that its lane becomes free.</summary>
    internal virtual bool EndsSequence => false;

    internal bool IsFinished { get; private protected set; }

    internal bool Failed { get; private protected set; }

    /// <summary>The group that the job arrived with, if it did not arrive alone.</summary>
    internal JobGroup? Group { get; set; }

    /// <summary>Whether the job ended before it started, because other members of its group had the lanes.</summary>
    internal bool IsDeferred { get; private set; }

    /// <summary>The result of a job that has ended and was not deferred.</summary>
    internal virtual StepOutcome Outcome => throw new NotSupportedException($"{GetType().Name} cannot be a step of a group.");

    /// <summary>Positions of the sequence before this job, to which it is rewound when the job fails.</summary>
    internal int StartLength { get; set; }

    /// <summary>The round of the planner that took rows of this job last; 0 before the planner knows it.</summary>
    internal long LastRound { get; set; }

    /// <summary>Decodes that the engine had done when the job arrived.</summary>
    internal long ArrivedAt { get; set; }

    /// <summary>Decodes between the job's arrival and its first row.</summary>
    internal long Waited { get; set; }

    /// <summary>Whether no row of the job has been forwarded yet.</summary>
    internal bool IsWaiting { get; set; } = true;

    /// <summary>Whether the job can be preempted: it gives up its lane and starts again later with the same result.</summary>
    internal virtual bool CanPreempt => StartLength == 0 && !IsEmbedding;

    /// <summary>Makes the job start again in an empty lane.</summary>
    internal virtual void Preempt() => (Done, IsWaiting) = (0, true);

    /// <summary>Called when the lane already holds a prefix of the job's prompt.</summary>
    internal virtual void ReusePrefix(int positions) => Done = positions;

    /// <summary>Called once the sequence has a lane.</summary>
    internal virtual void OnStarted(NativeContext context, BatchBuffer batch)
    {
    }

    /// <summary>Called after the decode that forwarded the last row.</summary>
    /// <param name="context">Holds the output.</param>
    /// <param name="row">Index of the row in the batch.</param>
    internal abstract void OnOutput(NativeContext context, int row);

    internal abstract void Fail(Exception error);

    /// <summary>Fails the job when no token can be chosen from the logits.</summary>
    /// <param name="logits">The row.</param>
    /// <param name="position">The position that the logits predict from.</param>
    /// <returns>Whether the logits are usable.</returns>
    private protected bool Accepts(ReadOnlySpan<float> logits, int position)
    {
        if (InvalidPredictionException.ProblemOf(TensorPrimitives.Max(logits), TensorPrimitives.Min(logits)) is not { } problem)
            return true;
        Fail(new InvalidPredictionException(Sequence.ModelName, position, problem));
        return false;
    }

    /// <summary>The cache cannot hold the sequence any longer.</summary>
    internal virtual void FailFull(int needed, int available) => Fail(new ContextFullException(needed, available));

    /// <summary>Ends the job without a result; the maker of its group may start another one.</summary>
    internal void Defer() => IsFinished = IsDeferred = true;

    /// <summary>Frees native resources and notifies the job's group; the last call of a job.</summary>
    /// <returns>Whether the job was the last of a group.</returns>
    internal bool End()
    {
        Release();
        return Group?.NoteEnd(this) ?? false;
    }

    /// <summary>The outcome of a task that has completed.</summary>
    private protected static StepOutcome OutcomeOf<T>(Task<T> task, Func<T, StepOutcome> outcome) =>
        task.IsCompletedSuccessfully ? outcome(task.Result) : new(task.Exception!.InnerException!);

    /// <summary>Frees native resources.</summary>
    private protected virtual void Release()
    {
    }
}
