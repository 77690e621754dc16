namespace CognitiveTools.Llama.Engine;

/// <content>Sequences that are forked, cut and closed, and the lanes that change hands with them.</content>
internal sealed partial class SequenceScheduler
{
    private void Rewind(EngineSequence sequence, int length)
    {
        if (sequence.Lane is not { } lane)
        {
            if (sequence.Parent is not null && !ForkFamilies.Shorten(sequence, length))
                _waiting.Remove(sequence);
            return;
        }

        if (ForkFamilies.NeedMoreThan(sequence, length))
        {
            // A waiting fork needs the positions after the rewind, so it inherits the lane, and the rewound sequence becomes the fork.
            var heir = HandOver(sequence, lane);
            if (length == 0)
                return;
            ForkFamilies.Join(heir, sequence, length);
            _waiting.Add(sequence);
            return;
        }

        Cut(sequence, length);
    }

    private void Close(EngineSequence sequence)
    {
        foreach (var job in _active.Where(job => job.Sequence == sequence))
            job.Fail(new ObjectDisposedException(nameof(EngineSequence)));

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
        else if (sequence.Parent is not null)
        {
            ForkFamilies.Release(sequence);
            ForkFamilies.Leave(sequence);
        }

        _waiting.Remove(sequence);
    }

    // A waiting fork inherits the lane of a sequence that no longer needs it.
    private EngineSequence HandOver(EngineSequence sequence, Lane lane)
    {
        var heir = ForkFamilies.HeirOf(sequence);
        sequence.Lane = null;
        heir.Lane = lane;
        heir.Lost.AddRange(sequence.Lost);
        sequence.Lost.Clear();
        Cut(heir, heir.ForkLength);
        Admit(heir, lane);
        return heir;
    }

    // A lane for a waiting fork, and what is missing in it: the parent may lack a part of its positions itself.
    private Lane? TryFork(EngineSequence parent, EngineSequence fork)
    {
        if (parent.Lane is not { } source)
            return null;
        var held = Math.Min(fork.ForkLength, source.Length);
        if (parent.Lost.Count < fork.ForkLength - held)
            return null; // they are being forwarded
        if (_lanes.TryFork(source, held, out var lost) is not { } lane)
            return null;
        fork.Lost.AddRange(lost);
        fork.Lost.AddRange(parent.Lost.Take(fork.ForkLength - held));
        return lane;
    }

    // A running job goes on behind the positions that are left; those that must be forwarded again come first.
    private void CutRunning(int index, int length)
    {
        var job = _active[index];
        job.CutTo = null;
        Cut(job.Sequence, length);
        if (job.Sequence.Lost.Count > 0)
            _active[index] = Replay(job);
    }

    // Forwards what the lane of a job's sequence has lost, and then runs the job.
    private static ReplayJob Replay(Job job)
    {
        var sequence = job.Sequence;
        var replay = new ReplayJob(job, sequence.Lost) { StartLength = sequence.Lane!.Length };
        sequence.Lost.Clear();
        return replay;
    }

    // Removes the positions of a sequence from a length on. Those before it that go with them are forwarded again when it is used next.
    private void Cut(EngineSequence sequence, int length)
    {
        var lane = sequence.Lane!;
        if (length >= lane.Length)
        {
            sequence.Lost.RemoveRange(length - lane.Length, sequence.Lost.Count - (length - lane.Length));
            return;
        }

        sequence.Lost.Clear();
        sequence.Lost.AddRange(_lanes.Truncate(lane, length));
    }
}
