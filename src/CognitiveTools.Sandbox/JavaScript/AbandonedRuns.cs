namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>Counts abandoned programs that are still inside a built-in function. Thread-safe.</summary>
internal sealed class AbandonedRuns(int most)
{
    private int _count;

    public bool IsFull => Volatile.Read(ref _count) >= most;

    /// <summary>Counts a program until it ends.</summary>
    public void Add(Task ended)
    {
        Interlocked.Increment(ref _count);
        _ = ended.ContinueWith(_ => Interlocked.Decrement(ref _count), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
