namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>Counts programs that were given up while a built-in function of theirs still runs. Thread-safe.</summary>
internal sealed class AbandonedRuns(int most)
{
    private int _count;

    public bool IsFull => Volatile.Read(ref _count) >= most;

    /// <summary>Counts a program until it has ended after all.</summary>
    public void Add(Task ended)
    {
        Interlocked.Increment(ref _count);
        _ = ended.ContinueWith(_ => Interlocked.Decrement(ref _count), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
