using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace CognitiveTools.Evals.Runs;

/// <summary>The units of a run that this process makes alone, in the order of the plan.</summary>
/// <param name="session">The run.</param>
/// <param name="waits">Whether a unit begins only after the record of the one before is on disk.</param>
/// <param name="progress">Receives events.</param>
internal sealed class LocalUnitQueue(RunSession session, bool waits, IProgress<RunEvent>? progress) : IUnitQueue, IDisposable
{
    private const int MostUnwritten = 64;

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _room = new(MostUnwritten);
    private readonly ConcurrentQueue<Task> _writes = new();

    public CancellationToken Stopping => _stop.Token;

    public async IAsyncEnumerable<UnitKey> TakeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var key in session.Missing)
        {
            if (session.Reached() is not null)
                yield break;
            progress?.Report(new UnitStarted(key));
            yield return key;
        }
    }

    // A slow disk does not hold up the model: the next unit begins while a record is being confirmed.
    public async Task CompleteAsync(UnitOutcome outcome)
    {
        session.Count(outcome.Record);
        await _room.WaitAsync(CancellationToken.None); // finished work is recorded
        var write = WriteAsync(outcome);
        _writes.Enqueue(write);
        if (waits)
            await write; // one thing at a time, for runs that must repeat themselves
    }

    public Task FlushAsync() => Task.WhenAll(_writes);

    public void Dispose()
    {
        _stop.Dispose();
        _room.Dispose();
    }

    private async Task WriteAsync(UnitOutcome outcome)
    {
        try
        {
            await Task.Yield();
            foreach (var record in await session.RecordAsync([outcome]))
                progress?.Report(new UnitFinished(record));
        }
        catch
        {
            await _stop.CancelAsync();
            throw;
        }
        finally
        {
            _room.Release();
        }
    }
}
