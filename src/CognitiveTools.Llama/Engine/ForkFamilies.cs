namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Which forks wait for a lane, and on whose positions. Owns <see cref="EngineSequence.Parent"/>,
/// <see cref="EngineSequence.ForkLength"/> and <see cref="EngineSequence.PendingForks"/> of every sequence; decode thread only. It
/// moves no lanes: the scheduler does. Invariants: a fork has a parent as long as it has no lane and positions to take over; its
/// parent lists it; the parent, or the parent's parent, holds at least those positions until the fork has a lane.
/// </summary>
internal static class ForkFamilies
{
    /// <summary>Makes a sequence wait on the first positions of another one.</summary>
    internal static void Join(EngineSequence parent, EngineSequence child, int length)
    {
        (child.Parent, child.ForkLength) = (parent, length);
        parent.PendingForks.Add(child);
    }

    /// <summary>Ends the wait of a fork, because it has a lane, or nothing to take over any more.</summary>
    internal static void Leave(EngineSequence fork)
    {
        fork.Parent?.PendingForks.Remove(fork);
        fork.Parent = null;
    }

    /// <summary>Whether a fork that waits needs positions from <paramref name="length"/> on.</summary>
    internal static bool NeedMoreThan(EngineSequence parent, int length) => parent.PendingForks.Exists(fork => fork.ForkLength > length);

    /// <summary>Rewinds a fork that waits. Forks of it may need more than is left: they wait on its parent from now on.</summary>
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

    /// <summary>Lets the forks of a fork that waits, and will never have a lane, wait on its parent.</summary>
    internal static void Release(EngineSequence fork)
    {
        foreach (var child in fork.PendingForks.ToArray())
            Move(child, fork.Parent!);
    }

    /// <summary>Chooses who takes a lane over: the fork that needs the most of it. The other forks wait on the heir.</summary>
    /// <param name="parent">A sequence with forks that wait.</param>
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
