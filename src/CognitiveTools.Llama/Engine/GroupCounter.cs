namespace CognitiveTools.Llama.Engine;

/// <summary>Counts the groups that have ended. Written by the decode thread, read by any.</summary>
internal sealed class GroupCounter
{
    private long _ended, _split;

    /// <summary>Groups whose jobs have all ended.</summary>
    internal long Ended => Interlocked.Read(ref _ended);

    /// <summary>Of these, the ones of <see cref="JobGroup.IsSplit"/>.</summary>
    internal long Split => Interlocked.Read(ref _split);

    internal void Add(JobGroup group)
    {
        Interlocked.Increment(ref _ended);
        if (group.IsSplit)
            Interlocked.Increment(ref _split);
    }
}
