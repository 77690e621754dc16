namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Runs code on the decode thread with exclusive use of the context and an empty lane, for measurements. It has no rows and is finished
/// as soon as it has started. The lane is cleared afterwards.
/// </summary>
internal sealed class ExclusiveJob<T>(
    EngineSequence sequence, Func<NativeContext, BatchBuffer, SequenceId, T> action, CancellationToken cancellation)
    : Job(sequence, cancellation)
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<T> Result => _result.Task;

    internal override void OnStarted(NativeContext context, BatchBuffer batch)
    {
        var lane = Sequence.Lane!.Id;
        IsFinished = true;
        try
        {
            var result = action(context, batch, lane);
            context.Truncate(lane, 0);
            _result.TrySetResult(result);
        }
#pragma warning disable CA1031 // the exception is for the action's caller, not for the decode thread
        catch (Exception e)
        {
            context.Truncate(lane, 0);
            _result.TrySetException(e);
        }
#pragma warning restore CA1031
    }

    internal override void OnOutput(NativeContext context, int row) => throw new InvalidOperationException("An exclusive job has no rows.");

    internal override void Fail(Exception error)
    {
        IsFinished = Failed = true;
        _result.TrySetException(error);
    }
}
