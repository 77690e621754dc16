namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Tracks the forks that wait for a lane, and the sequences that hold their positions. Owns <see cref="EngineSequence.Parent"/>,
/// <see cref="EngineSequence.ForkLength"/> and <see cref="EngineSequence.PendingForks"/> of every sequence; decode thread only. The
/// scheduler moves the lanes. Invariants: a fork has a parent as long as it has positions to share and no lane; its parent lists it;
/// the parent, or the parent's parent, holds at least those positions until the fork has a lane.
/// </summary>
internal static class ForkFamilies
{
    /// <summary>Makes a sequence wait for a share of another one's first positions.</summary>
    internal static void Join(EngineSequence parent, EngineSequence child, int length)
    {
        (child.Parent, child.ForkLength) = (parent, length);
        parent.PendingForks.Add(child);
    }

    /// <summary>Ends the wait of a fork, because it has a lane, or no positions to share any more.</summary>
    internal static void Leave(EngineSequence fork)
    {
        fork.Parent?.PendingForks.Remove(fork);
        fork.Parent = null;
    }

    /// <summary>Whether a waiting fork needs positions from <paramref name="length"/> on.</summary>
    internal static bool NeedMoreThan(EngineSequence parent, int length) => parent.PendingForks.Exists(fork => fork.ForkLength > length);

    /// <summary>Rewinds a waiting fork. Its own forks may need more than the rest, so they wait on its parent from now on.</summary>
    /// <returns>Whether it still waits for positions.</returns>
    internal static bool Shorten(EngineSequence fork, int length)
    {
        Release(fork);
        fork.ForkLength = length;
        if (length > 0)
            return true;
        Leave(fork);
        return false;
    }

    /// <summary>Moves the forks of a waiting fork, which will never have a lane, to its parent.</summary>
    internal static void Release(EngineSequence fork)
    {
        foreach (var child in fork.PendingForks.ToArray())
            Move(child, fork.Parent!);
    }

    /// <summary>Chooses the fork that inherits a lane: the one that needs the most of it. The other forks then wait on this heir.</summary>
    /// <param name="parent">A sequence with waiting forks.</param>
    internal static EngineSequence HeirOf(EngineSequence parent)
    {
        var heir = parent.PendingForks.MaxBy(static fork => fork.ForkLength)!;
        foreach (var fork in parent.PendingForks.ToArray())
        {
            if (fork != heir)
                Move(fork, heir);
        }

        return heir;
    }

    private static void Move(EngineSequence fork, EngineSequence parent)
    {
        fork.Parent!.PendingForks.Remove(fork);
        fork.Parent = parent;
        parent.PendingForks.Add(fork);
    }
}
