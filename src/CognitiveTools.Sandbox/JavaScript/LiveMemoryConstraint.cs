using Jint;
using Jint.Runtime;

namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>
/// Bounds the memory a program holds. Jint's own limit counts every byte ever allocated, which a long loop over numbers
/// reaches without holding anything; this one collects garbage each time the program has allocated another
/// the limit in bytes, and looks at what is left.
/// </summary>
/// <remarks>
/// .NET does not account live memory per thread, so growth is measured for the process and shared between the runs that
/// are in progress. A program that allocates less than the limit is never judged.
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

    /// <summary>Does nothing: the budget is the run's, not that of one entry into the engine.</summary>
    public override void Reset()
    {
    }

    public void Dispose() => Interlocked.Decrement(ref _runsInProgress);
}
