using System.Diagnostics;
using System.Threading.Channels;
using CognitiveTools.Llama.Binding;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.Llama.Engine;

/// <summary>
/// The decode thread: takes commands, gives lanes to waiting sequences, and runs one decode after the other as long as there is work.
/// <see cref="BatchPlanner"/> chooses the rows, <see cref="SequenceScheduler"/> keeps sequences and lanes. Owns the context and the batch,
/// which no other thread touches and which it frees when it ends; callers reach it through the channel of commands and read counters.
/// Invariants: commands run between two decodes, never during one; a decode that fails changes no sequence; every job that was taken
/// from the channel is answered, also when the thread fails.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The thread itself frees what it uses when it ends.")]
internal sealed partial class DecodeLoop
{
    // After a decode that answered latent callers, their next steps arrive within microseconds. To wait for them saves a caller a
    // thread wake-up, and independent callers share a decode more often. This is an optimisation only: sequences that belong
    // together step as a group, which is one command.
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(1);

    // A caller that uses the engine sends its next command sooner; after this delay, other engines may have the processors.
    private static readonly TimeSpan IdleDelay = TimeSpan.FromMilliseconds(20);

    private readonly NativeContext _context;
    private readonly BatchBuffer _batch;
    private readonly BatchPlanner _planner;
    private readonly SequenceScheduler _scheduler;
    private readonly ChannelReader<Command> _commands;
    private readonly TimeSpan _laneTimeout;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _prompt, _generated, _embeddings, _decodes, _started, _waited, _longestWait;
    private int _largestBatch;
    private int _rowLimit;
    private int _expected; // callers answered by the last decode, which may send their next step at once
    private int _arrived; // callers that have sent something since
    private int _busy; // jobs that the last decode left with work to do
    private long _gatherStart;
    private volatile EngineSequence? _answeredAlone;
    private volatile bool _isEnding; // no command comes after those that are in the channel

    internal DecodeLoop(NativeContext context, LlamaEngineOptions options, ChannelReader<Command> commands, ILogger logger)
    {
        (_context, _commands, _logger, _laneTimeout) = (context, commands, logger, options.LaneTimeout);
        _batch = new BatchBuffer(context.BatchSize, context.InputLength, context.PositionsPerEmbedding);
        _rowLimit = context.BatchSize;
        _planner = new BatchPlanner(_batch, options.Deterministic || context.RunsSequencesAlone, context.ReadsHiddenAlone);
        _scheduler = new SequenceScheduler(context, _batch, options, reuse: context.SharesPrompts && !options.Deterministic);
        // Not a pool thread: it blocks in native code for most of its life.
        new Thread(Run) { IsBackground = true, Name = "llama decode" }.Start();
    }

    /// <summary>Completes when the thread has ended and freed the context.</summary>
    internal Task Stopped => _stopped.Task;

    /// <summary>
    /// The sequence of the append answered last, or the first of its group, unless the same decode answered other callers too.
    /// </summary>
    internal EngineSequence? AnsweredAlone => _answeredAlone;

    internal EngineCounters Counters => new(
        Interlocked.Read(ref _prompt),
        Interlocked.Read(ref _generated),
        Interlocked.Read(ref _embeddings),
        _scheduler.Cached,
        Interlocked.Read(ref _decodes),
        Volatile.Read(ref _largestBatch),
        Interlocked.Read(ref _started),
        Interlocked.Read(ref _waited),
        Interlocked.Read(ref _longestWait),
        _scheduler.Groups.Ended,
        _scheduler.Groups.Split);

    /// <summary>A short wait that yields the core to other threads without a sleep in the kernel.</summary>
    internal static void Spin()
    {
        if (!Thread.Yield())
            Thread.SpinWait(50);
    }

    /// <summary>Ends the thread between two decodes. The channel must be complete.</summary>
    /// <remarks>The channel cannot say so itself: when its last command is taken at the moment at which it is completed, its
    /// <see cref="ChannelReader{T}.Completion"/> may stay open for ever (.NET 10; about one in a thousand such moments).</remarks>
    internal void End() => _isEnding = true;

    /// <summary>Counts the cache; on the decode thread only.</summary>
    internal CacheUsage Count() => _scheduler.Count();

    private void Run()
    {
        try
        {
            while (TakeCommands())
            {
                _scheduler.DropCancelled();
                _scheduler.AdmitWaiting();
                if (_scheduler.Active.Count > 0)
                    Step();
                else
                    WaitForCommands();
            }

            _scheduler.FailAll(static () => new ObjectDisposedException(nameof(LlamaEngine)));
        }
#pragma warning disable CA1031 // no caller awaits this thread: a defect must reach the callers, not end the process
        catch (Exception e)
        {
            DecodeThreadFailed(_logger, e);
            _scheduler.FailAll(() => new InvalidOperationException($"The decode thread failed: {e.Message} Create a new engine.", e));
            var isLast = false;
            while (!isLast)
            {
                WaitToRead(Timeout.InfiniteTimeSpan);
                isLast = _isEnding;
                while (_commands.TryRead(out var command))
                    command.Fail(() => new InvalidOperationException($"The decode thread failed: {e.Message} Create a new engine.", e));
            }
        }
#pragma warning restore CA1031
        finally
        {
            _batch.Dispose();
            _context.Dispose();
            _stopped.SetResult();
        }
    }

    /// <returns>False once the engine is disposed and all commands are taken.</returns>
    private bool TakeCommands()
    {
        while (true)
        {
            var isLast = _isEnding; // before the commands are taken: none comes after them
            while (_commands.TryRead(out var command))
            {
                foreach (var job in command.Jobs)
                    job.ArrivedAt = _decodes;
                if (command.Kind is CommandKind.Start or CommandKind.StartGroup)
                    _arrived++;
                _scheduler.Handle(command);
            }

            if (isLast)
                return false;
            if (_expected == 0 || _arrived + _busy >= _expected || Stopwatch.GetElapsedTime(_gatherStart) > GatherTime)
                break;
            Spin();
        }

        _expected = 0;
        return true;
    }

    private void WaitForCommands()
    {
        if (WaitToRead(_scheduler.HasWaiting ? _laneTimeout : Timeout.InfiniteTimeSpan) || !_scheduler.HasWaiting)
            return;
        _scheduler.FailWaiting(() => new InvalidOperationException(
            $"No sequence of the engine became free for {_laneTimeout.TotalSeconds:0.#} s while nothing was running: "
            + "all are held by callers. "
            + "Dispose sequences earlier, or raise LlamaEngineOptions.MaxSequences "
            + "(and switch Deterministic off, which allows one family at a time)."));
    }

    /// <returns>False when the time is over before a command or the end has come.</returns>
    private bool WaitToRead(TimeSpan timeout)
    {
        var reading = _commands.WaitToReadAsync();
        if (reading.IsCompleted)
            return Note(reading.Result);
        var waiting = reading.AsTask();
        if (!waiting.Wait(IdleDelay))
        {
            OpenMpRuntime.ReleaseTeam();
            if (!waiting.Wait(timeout))
                return false;
        }

        return Note(waiting.Result);

        bool Note(bool hasMore)
        {
            if (!hasMore)
                _isEnding = true;
            return true;
        }
    }

    private void Step()
    {
        var hidden = _planner.Plan(_scheduler.Active, _rowLimit);
        var code = _context.Decode(_batch, hidden, _planner.Steering);
        switch (code)
        {
            case 0:
                _rowLimit = _batch.Capacity;
                Commit();
                break;
            case 1:
                MakeRoom();
                break;
            default:
                FailBatch(code);
                break;
        }

        _scheduler.RemoveFinished();
        (_arrived, _busy) = (0, _scheduler.Active.Count);
    }

    private void Commit()
    {
        Interlocked.Increment(ref _decodes);
        if (_batch.RowCount > _largestBatch)
            Volatile.Write(ref _largestBatch, _batch.RowCount);
        foreach (var entry in _planner.Entries)
        {
            var job = entry.Job;
            if (job.IsWaiting)
                CountStart(job);
            job.Sequence.Lane!.Add(job, entry.Rows, _planner.Steering);
            Interlocked.Add(ref job.IsEmbedding ? ref _embeddings : ref job.IsGenerating ? ref _generated : ref _prompt, entry.Rows);
            job.Done += entry.Rows;
            if (job.IsAtBoundary)
                _scheduler.SaveState(job.Sequence);
        }

        var answered = 0; // the caller of a group counts once
        foreach (var entry in _planner.Entries)
        {
            if (entry.OutputRow < 0)
                continue;
            if (entry.Job is AppendJob { Group: null })
                _answeredAlone = answered++ == 0 ? entry.Job.Sequence : null; // before the caller gets its answer
            entry.Job.OnOutput(_context, entry.OutputRow);
            if (entry.Job is AppendJob { Group: { IsFinished: true } group })
                _answeredAlone = answered++ == 0 ? group.Jobs[0].Sequence : null;
        }

        if (answered > 0)
            (_expected, _gatherStart) = (answered, Stopwatch.GetTimestamp());
    }

    private void CountStart(Job job)
    {
        job.IsWaiting = false;
        var wait = _decodes - 1 - job.ArrivedAt; // this decode does not count as a wait
        job.Waited = wait;
        job.Group?.NoteFirstRow(_decodes);
        Interlocked.Increment(ref _started);
        Interlocked.Add(ref _waited, wait);
        if (wait > _longestWait)
            Interlocked.Exchange(ref _longestWait, wait);
    }

    // The cache has no cell left for this batch, and nothing was changed. Idle prefixes are evicted first, then smaller batches are
    // tried, and when not even one row fits, the youngest job is preempted or fails, so that the oldest always progresses.
    private void MakeRoom()
    {
        if (_scheduler.EvictIdle())
            return;
        if (_batch.RowCount > 1)
        {
            _rowLimit = _batch.RowCount / 2;
            return;
        }

        _rowLimit = _batch.Capacity;
        if (_scheduler.PreemptYoungest())
            return;
        var youngest = _scheduler.Active[^1];
        var lane = youngest.Sequence.Lane!;
        CacheFull(_logger, _context.CacheLength, lane.Length);
        youngest.FailFull(lane.Length + youngest.Remaining, lane.Length);
    }

    private void FailBatch(int code)
    {
        DecodeFailed(_logger, code, NativeLog.Errors);
        foreach (var entry in _planner.Entries)
        {
            entry.Job.Fail(new InvalidOperationException(
                $"llama.cpp could not decode the batch (code {code}).{NativeLog.Errors} The sequence is as it was before the call."));
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Decode failed with code {Code}.{Errors}")]
    private static partial void DecodeFailed(ILogger logger, int code, string errors);

    [LoggerMessage(2, LogLevel.Warning, "The cache of {CacheLength} positions is full; a sequence of {Length} positions ends.")]
    private static partial void CacheFull(ILogger logger, int cacheLength, int length);

    [LoggerMessage(3, LogLevel.Critical, "The decode thread failed.")]
    private static partial void DecodeThreadFailed(ILogger logger, Exception exception);
}
