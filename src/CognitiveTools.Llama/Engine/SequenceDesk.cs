namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Which sequences work, which wait for a lane, and what becomes of forks whose parent goes on or closes before they have
/// a lane of their own. Decode thread only.
/// </summary>
internal sealed class SequenceDesk
{
    private const int WorthWaiting = 16; // positions
    private const int AnswerReserve = 32; // positions

    private readonly NativeContext _context;
    private readonly BatchBuffer _batch;
    private readonly LaneTable _lanes;
    private readonly bool _oneFamily;
    private readonly List<Job> _active = [];
    private readonly List<EngineSequence> _waiting = [];
    private long _cached, _groups, _splitGroups;
    private bool _full; // no new sequences until one ends

    internal SequenceDesk(NativeContext context, BatchBuffer batch, LlamaEngineOptions options, bool reuse)
    {
        (_context, _batch, _oneFamily) = (context, batch, options.Deterministic);
        _lanes = new LaneTable(context, options.MaxSequences, options.IdlePrefixes, reuse);
    }

    /// <summary>Jobs with rows to forward, oldest first.</summary>
    internal List<Job> Active => _active;

    internal bool HasWaiting => _waiting.Count > 0;

    internal long Cached => Interlocked.Read(ref _cached);

    /// <summary>Groups that have ended.</summary>
    internal long Groups => Interlocked.Read(ref _groups);

    /// <summary>Of these, the ones of <see cref="JobGroup.IsSplit"/>.</summary>
    internal long SplitGroups => Interlocked.Read(ref _splitGroups);

    internal void Handle(Command command)
    {
        switch (command.Kind)
        {
            case CommandKind.Start:
                Start(command.Sequence!, command.Job!);
                break;
            case CommandKind.StartGroup:
                foreach (var job in command.Jobs)
                    Start(job.Sequence, job);
                break;
            case CommandKind.Fork:
                Fork(command.Sequence!, command.Other!, command.Length);
                break;
            case CommandKind.Rewind:
                Rewind(command.Sequence!, command.Length);
                break;
            case CommandKind.Close:
                Close(command.Sequence!);
                break;
        }
    }

    internal CacheCensus Count() => _lanes.Count();

    internal bool EvictIdle() => _lanes.EvictIdle();

    /// <summary>
    /// Sends the youngest job that can start again back to the waiting ones, first in the line; what it generated stays and
    /// is forwarded again with its prompt.
    /// </summary>
    /// <returns>False when there is none, or no other job that would get on without it.</returns>
    internal bool PutBackYoungest()
    {
        var index = _active.FindLastIndex(static job => job.CanPutBack);
        if (_active.Count < 2 || index < 0)
            return false;
        var job = _active[index];
        var sequence = job.Sequence;
        _active.RemoveAt(index);
        job.PutBack();
        ReleaseLane(sequence);
        sequence.FirstJob = job;
        _waiting.Insert(0, sequence);
        _full = true;
        return true;
    }

    /// <summary>Gives lanes to waiting sequences, forks first: their families hold lanes already and end sooner with them.</summary>
    internal void AdmitWaiting()
    {
        if (_waiting.Count == 0)
            return;
        foreach (var sequence in _waiting.Where(static s => s.Parent is not null).ToArray())
        {
            if (sequence.Parent!.Lane is { } parent && _lanes.TryFork(parent, sequence.ForkLength) is { } lane)
                Admit(sequence, lane);
        }

        foreach (var sequence in _waiting.Where(static s => s.Parent is null && s.FirstJob is not null).ToArray())
        {
            var job = sequence.FirstJob!;
            if (_oneFamily && _lanes.OpenCount > 0)
                break;
            if (IsBeingForwarded(job))
                continue;
            if (!HasRoomFor(job))
                break;
            if (_lanes.TryTake(job.Tokens.Span, sequence.Partition) is not { } lane)
                break;
            Interlocked.Add(ref _cached, lane.Length);
            job.Done = lane.Length;
            if (job is GenerateJob generation)
                generation.NoteCached(lane.Length);
            Admit(sequence, lane);
        }

        DeferRests();
    }

    internal void DropCancelled()
    {
        for (var i = 0; i < _active.Count; i++)
        {
            if (_active[i].Cancellation.IsCancellationRequested)
                _active[i].Fail(new OperationCanceledException(_active[i].Cancellation));
        }

        RemoveFinished();
        if (_waiting.Count == 0)
            return;
        foreach (var sequence in _waiting.Where(static s => s.FirstJob is { Cancellation.IsCancellationRequested: true }).ToArray())
            FailFirst(sequence, new OperationCanceledException(sequence.FirstJob!.Cancellation));
    }

    /// <summary>Takes finished jobs off; the sequence of a failed one goes back to where the job found it.</summary>
    internal void RemoveFinished()
    {
        for (var i = _active.Count - 1; i >= 0; i--)
        {
            var job = _active[i];
            if (!job.IsFinished)
                continue;
            _active.RemoveAt(i);
            _full = false;
            if (job.Failed)
                _lanes.Truncate(job.Sequence.Lane!, job.StartLength);
            if (job.EndsSequence)
                ReleaseLane(job.Sequence);
            End(job); // last: the caller of a group goes on with the sequences
        }
    }

    internal void FailWaiting(Func<Exception> error)
    {
        foreach (var sequence in _waiting.ToArray())
        {
            if (sequence.FirstJob is not null)
                FailFirst(sequence, error());
        }
    }

    internal void FailAll(Func<Exception> error)
    {
        foreach (var job in _active)
        {
            job.Fail(error());
            End(job);
        }

        _active.Clear();
        FailWaiting(error);
    }

    private void Start(EngineSequence sequence, Job job)
    {
        if (sequence.Lane is not null)
        {
            Activate(sequence, job);
            return;
        }

        sequence.FirstJob = job;
        if (!_waiting.Contains(sequence))
            _waiting.Add(sequence);
    }

    private void Admit(EngineSequence sequence, Lane lane)
    {
        _waiting.Remove(sequence);
        sequence.Parent?.PendingForks.Remove(sequence);
        (sequence.Parent, sequence.Lane) = (null, lane);
        if (sequence.FirstJob is not { } job)
            return;
        sequence.FirstJob = null;
        Activate(sequence, job);
    }

    private void Activate(EngineSequence sequence, Job job)
    {
        job.StartLength = sequence.Length;
        job.Group?.NoteStart();
        _active.Add(job);
        job.OnStarted(_context, _batch);
        if (job.IsFinished)
            RemoveFinished();
    }

    private void ReleaseLane(EngineSequence sequence)
    {
        _lanes.Release(sequence.Lane!);
        sequence.Lane = null;
    }

    private void FailFirst(EngineSequence sequence, Exception error)
    {
        var job = TakeFirst(sequence);
        job.Fail(error);
        End(job);
    }

    private Job TakeFirst(EngineSequence sequence)
    {
        var job = sequence.FirstJob!;
        sequence.FirstJob = null;
        if (sequence.Parent is null)
            _waiting.Remove(sequence); // a fork keeps waiting: its parent's positions are all it has
        return job;
    }

    private void DeferRests()
    {
        foreach (var sequence in _waiting.Where(static s => s.FirstJob?.Group is { HasStarted: true }).ToArray())
        {
            var job = TakeFirst(sequence);
            job.Defer();
            End(job);
        }
    }

    private void End(Job job)
    {
        if (!job.End())
            return;
        Interlocked.Increment(ref _groups);
        if (job.Group!.IsSplit)
            Interlocked.Increment(ref _splitGroups);
    }

    // Another job is forwarding a longer common prefix than any lane holds yet: waiting for it costs less than forwarding
    // the same positions again.
    private bool IsBeingForwarded(Job job)
    {
        if (_oneFamily || job.Tokens.IsEmpty || !_lanes.Reuses)
            return false;
        var tokens = job.Tokens.Span;
        var available = _lanes.LongestPrefix(tokens, job.Sequence.Partition);
        foreach (var other in _active)
        {
            if (other.IsEmbedding || other.IsGenerating || other.StartLength > 0 || other.Remaining == 0)
                continue;
            if (!string.Equals(other.Sequence.Partition, job.Sequence.Partition, StringComparison.Ordinal))
                continue;
            if (other.Tokens.Span.CommonPrefixLength(tokens) is var common && common > other.Done && common > available + WorthWaiting)
                return true;
        }

        return false;
    }

    // An estimate on the safe side; where it errs, the decode itself finds the cache full and a job is put back.
    private bool HasRoomFor(Job job)
    {
        if (_active.Count == 0)
            return true;
        if (_full)
            return false;
        var needed = _lanes.OpenCells + job.Rows - _lanes.LongestPrefix(job.Tokens.Span, job.Sequence.Partition) + AnswerReserve;
        foreach (var other in _active)
            needed += other.Remaining + AnswerReserve;
        return needed <= _context.CacheLength;
    }

    private void Fork(EngineSequence parent, EngineSequence child, int length)
    {
        (child.Parent, child.ForkLength) = (parent, length);
        parent.PendingForks.Add(child);
        _waiting.Add(child);
    }

    private void Rewind(EngineSequence sequence, int length)
    {
        if (sequence.Lane is not { } lane)
        {
            ShortenPending(sequence, length);
            return;
        }

        if (sequence.PendingForks.Exists(fork => fork.ForkLength > length))
        {
            // A waiting fork needs what is to be forgotten: it takes the lane over, and the rewound sequence becomes the fork.
            var heir = HandOver(sequence, lane);
            if (length > 0)
                Fork(heir, sequence, length);
            return;
        }

        _lanes.Truncate(lane, length);
    }

    private void ShortenPending(EngineSequence sequence, int length)
    {
        foreach (var fork in sequence.PendingForks.ToArray())
            Adopt(fork, sequence.Parent!); // they may need more than is left
        sequence.ForkLength = length;
        if (length > 0 || sequence.Parent is null)
            return;
        sequence.Parent.PendingForks.Remove(sequence);
        sequence.Parent = null;
        _waiting.Remove(sequence);
    }

    private void Close(EngineSequence sequence)
    {
        for (var i = 0; i < _active.Count; i++)
        {
            if (_active[i].Sequence == sequence)
                _active[i].Fail(new ObjectDisposedException(nameof(EngineSequence)));
        }

        RemoveFinished();
        if (sequence.FirstJob is not null)
            FailFirst(sequence, new ObjectDisposedException(nameof(EngineSequence)));
        if (sequence.Lane is { } lane)
        {
            if (sequence.PendingForks.Count > 0)
                HandOver(sequence, lane);
            else
                ReleaseLane(sequence);
        }
        else if (sequence.Parent is { } parent)
        {
            foreach (var fork in sequence.PendingForks.ToArray())
                Adopt(fork, parent);
            parent.PendingForks.Remove(sequence);
            sequence.Parent = null;
        }

        _waiting.Remove(sequence);
    }

    // The fork with the longest part takes the lane; the others wait on it.
    private EngineSequence HandOver(EngineSequence sequence, Lane lane)
    {
        var heir = sequence.PendingForks.MaxBy(static fork => fork.ForkLength)!;
        foreach (var fork in sequence.PendingForks.ToArray())
        {
            if (fork != heir)
                Adopt(fork, heir);
        }

        sequence.Lane = null;
        _lanes.Truncate(lane, heir.ForkLength);
        Admit(heir, lane);
        return heir;
    }

    private static void Adopt(EngineSequence fork, EngineSequence parent)
    {
        fork.Parent!.PendingForks.Remove(fork);
        fork.Parent = parent;
        parent.PendingForks.Add(fork);
    }
}
