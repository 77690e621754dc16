namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Jobs that arrive as one command. The decode thread starts all of them before its next decode and completes one task when the last
/// of them has ended. Once a member has had a lane, the other members do not wait for one: their own caller may hold the lanes that
/// they would wait for. Made by a caller, then used by the decode thread only.
/// </summary>
internal sealed class JobGroup
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Job[] _jobs;
    private int _open;
    private long? _firstDecode;

    internal JobGroup(Job[] jobs)
    {
        (_jobs, _open) = (jobs, jobs.Length);
        foreach (var job in jobs)
            job.Group = this;
    }

    internal IReadOnlyList<Job> Jobs => _jobs;

    /// <summary>Completes when every job has ended.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>Whether a member was given a lane, or has ended.</summary>
    internal bool HasStarted { get; private set; }

    /// <summary>Whether the first rows of the members were not all in one decode, or a member found no lane.</summary>
    internal bool IsSplit { get; private set; }

    /// <summary>Whether every member has its result.</summary>
    internal bool IsFinished => Array.TrueForAll(_jobs, static job => job.IsFinished);

    internal void NoteStart() => HasStarted = true;

    internal void NoteFirstRow(long decode)
    {
        _firstDecode ??= decode;
        IsSplit |= _firstDecode != decode;
    }

    /// <returns>Whether it was the last, so that the group is to be counted and then completed.</returns>
    internal bool NoteEnd(Job job)
    {
        HasStarted = true;
        IsSplit |= job.IsDeferred;
        return --_open == 0;
    }

    /// <summary>Answers the caller, after the group was counted: the caller may read the counters at once.</summary>
    internal void Complete() => _ended.TrySetResult();
}
