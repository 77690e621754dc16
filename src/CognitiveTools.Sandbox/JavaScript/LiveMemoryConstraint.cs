using Jint;
using Jint.Runtime;

namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>
/// Bounds the memory that a program holds. Jint's own limit counts every allocated byte, so
/// a long loop over numbers reaches it without holding memory; this one collects garbage
/// each time the program has allocated as many bytes as the limit, and measures the rest.
/// </summary>
/// <remarks>
/// .NET does not count live memory per thread, so the growth of the process is measured and shared between the runs in progress. A
/// program that allocates less than the limit is never checked.
/// </remarks>
internal sealed class LiveMemoryConstraint : Constraint, IDisposable
{
    private static int _runsInProgress;

    private readonly long _limit;
    private readonly long _liveAtStart = GC.GetTotalMemory(forceFullCollection: false);
    private long _nextSample;

    public LiveMemoryConstraint(long limit)
    {
        _limit = limit;
        _nextSample = GC.GetAllocatedBytesForCurrentThread() + limit;
        Interlocked.Increment(ref _runsInProgress);
    }

    public override void Check()
    {
        if (GC.GetAllocatedBytesForCurrentThread() < _nextSample)
            return;

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        var grown = GC.GetTotalMemory(forceFullCollection: false) - _liveAtStart;
        if (grown > _limit * Math.Max(1, Volatile.Read(ref _runsInProgress)))
            throw new MemoryLimitExceededException($"The program holds about {grown} bytes.");
        _nextSample = GC.GetAllocatedBytesForCurrentThread() + _limit;
    }

    /// <summary>Does nothing: the limit is for the run, not for one entry into the engine.</summary>
    public override void Reset()
    {
    }

    public void Dispose() => Interlocked.Decrement(ref _runsInProgress);
}
