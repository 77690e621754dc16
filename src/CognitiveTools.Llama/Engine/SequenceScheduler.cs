namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Decides which sequences run and which wait for a lane. Owns the running jobs, the waiting sequences and the lanes; decode thread
/// only, except for the counters. <see cref="Admission"/> says when a waiting sequence is admitted, <see cref="ForkFamilies"/> handles
/// forks whose parent changes or closes before they have a lane. Invariants: a running job's sequence has a lane; a waiting sequence has
/// no lane, but a first job or a parent; every job gets <see cref="Job.End"/> exactly once; a lane with <see cref="EngineSequence.Lost"/>
/// holds all positions of its sequence once these are forwarded again, which is done before the sequence's next job.
/// </summary>
internal sealed partial class SequenceScheduler
{
    private readonly NativeContext _context;
    private readonly BatchBuffer _batch;
    private readonly LaneTable _lanes;
    private readonly Admission _admission;
    private readonly List<Job> _active = [];
    private readonly List<EngineSequence> _waiting = [];
    private long _cached;

    internal SequenceScheduler(NativeContext context, BatchBuffer batch, LlamaEngineOptions options, bool reuse)
    {
        (_context, _batch) = (context, batch);
        _lanes = new LaneTable(context, options.IdlePrefixes, reuse);
        _admission = new Admission(_lanes, _active, context.CacheLength, options.Deterministic);
    }

    /// <summary>Jobs with rows to forward, oldest first.</summary>
    internal List<Job> Active => _active;

    /// <summary>Whether a sequence waits for a lane.</summary>
    internal bool HasWaiting => _waiting.Count > 0;

    /// <summary>Positions of prompts that were reused from other sequences; any thread.</summary>
    internal long Cached => Interlocked.Read(ref _cached);

    internal GroupCounter Groups { get; } = new();

    /// <summary>Executes a command. The commands about one sequence come in the order in which its caller made them.</summary>
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
                ForkFamilies.Join(command.Sequence!, command.Other!, command.Length);
                _waiting.Add(command.Other!);
                break;
            case CommandKind.Rewind:
                Rewind(command.Sequence!, command.Length);
                break;
            case CommandKind.Close:
                Close(command.Sequence!);
                break;
        }
    }

    internal CacheUsage Count() => _lanes.Count();

    internal bool EvictIdle() => _lanes.EvictIdle();

    /// <summary>
    /// Preempts the youngest job that can start again: it becomes the first of the waiting jobs. It keeps the generated tokens, which
    /// are forwarded again with its prompt.
    /// </summary>
    /// <returns>False when no job can start again, or when no other job would progress without it.</returns>
    internal bool PreemptYoungest()
    {
        var index = _active.FindLastIndex(static job => job.CanPreempt);
        if (_active.Count < 2 || index < 0)
            return false;
        var job = _active[index];
        var sequence = job.Sequence;
        _active.RemoveAt(index);
        job.Preempt();
        ReleaseLane(sequence);
        sequence.FirstJob = job;
        _waiting.Insert(0, sequence);
        _admission.IsFull = true;
        return true;
    }

    /// <summary>Saves the recurrent state of a sequence here, where others may go on from; does nothing for transformers.</summary>
    internal void SaveState(EngineSequence sequence) => _lanes.SaveState(sequence.Lane!);

    /// <summary>Gives lanes to waiting sequences, forks first: their families already hold lanes and end sooner this way.</summary>
    internal void AdmitWaiting()
    {
        if (_waiting.Count == 0)
            return;
        foreach (var sequence in _waiting.Where(static s => s.Parent is not null).ToArray())
        {
            if (TryFork(sequence.Parent!, sequence) is { } lane)
                Admit(sequence, lane);
        }

        foreach (var sequence in _waiting.Where(static s => s.Parent is null && s.FirstJob is not null).ToArray())
        {
            var job = sequence.FirstJob!;
            if (_admission.IsClosed)
                break;
            if (_admission.IsBeingForwarded(job))
                continue;
            if (!_admission.HasRoomFor(job))
                break;
            var held = _lanes.KeepsStates ? _lanes.LongestHeld(job.Tokens.Span, sequence.Partition) : 0;
            if (_lanes.TryTake(job.Tokens.Span, sequence.Partition) is not { } lane)
                break;
            Interlocked.Add(ref _cached, lane.Length);
            job.ReusePrefix(lane.Length);
            if (held > lane.Length + Admission.WorthWaiting)
                job.PauseAt(held); // the next prompt with this start finds a state there
            Admit(sequence, lane);
        }

        DeferRest();
    }

    /// <summary>Ends the jobs whose callers have cancelled them, running or waiting.</summary>
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

    /// <summary>
    /// Removes finished jobs; the sequence of a failed job is rewound to its length before the job. Cuts the lanes of running jobs that
    /// have taken tokens back.
    /// </summary>
    internal void RemoveFinished()
    {
        List<ReplayJob>? replayed = null; // it runs after every decode and allocates nothing for the others
        for (var i = _active.Count - 1; i >= 0; i--)
        {
            var job = _active[i];
            if (!job.IsFinished)
            {
                if (job.CutTo is { } length)
                    CutRunning(i, length);
                continue;
            }

            _active.RemoveAt(i);
            _admission.IsFull = false;
            if (job is ReplayJob replay)
            {
                job.Sequence.Lost.AddRange(replay.Rest);
                (replayed ??= []).Add(replay);
                continue;
            }

            if (job.Failed)
                Cut(job.Sequence, job.StartLength);
            if (job.EndsSequence)
                ReleaseLane(job.Sequence);
            End(job); // last: it releases the sequences of a group to their caller
        }

        replayed?.ForEach(FollowUp);
    }

    /// <summary>Fails the first jobs of the sequences that wait for a lane.</summary>
    internal void FailWaiting(Func<Exception> error)
    {
        foreach (var sequence in _waiting.Where(static s => s.FirstJob is not null).ToArray())
            FailFirst(sequence, error());
    }

    /// <summary>Fails every job: the engine ends.</summary>
    internal void FailAll(Func<Exception> error)
    {
        foreach (var job in _active)
        {
            job.Fail(error());
            End(job is ReplayJob replay ? replay.Then : job);
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
        ForkFamilies.Leave(sequence);
        sequence.Lane = lane;
        if (sequence.FirstJob is not { } job)
            return;
        sequence.FirstJob = null;
        Activate(sequence, job);
    }

    private void Activate(EngineSequence sequence, Job job)
    {
        job.Group?.NoteStart();
        if (sequence.Lost.Count > 0)
        {
            _active.Add(Replay(job));
            return;
        }

        job.StartLength = sequence.Length;
        _active.Add(job);
        job.OnStarted(_context, _batch);
        if (job.IsFinished)
            RemoveFinished();
    }

    private void FollowUp(ReplayJob replay)
    {
        if (replay.Failed)
            End(replay.Then);
        else
            Activate(replay.Sequence, replay.Then);
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
            _waiting.Remove(sequence); // a fork keeps waiting, because its positions are its parent's
        return job;
    }

    // Members of a group that has started do not wait: their caller may hold the lanes that they would wait for.
    private void DeferRest()
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
        Groups.Add(job.Group!);
        job.Group!.Complete();
    }
}
