using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Assigns the lanes of the cache and keeps the prefixes of finished sequences for reuse; the least recently used prefix is evicted
/// first. Owns every <see cref="Lane"/>; decode thread only. Invariants: a lane is free (empty), open (one sequence has it) or idle (its
/// tokens may be reused); <see cref="Lane.History"/> equals what llama.cpp holds in it; no idle lane is a prefix of another idle lane of
/// its partition. A lane with a recurrent state can be cut, and shared in part, only where that state was saved.
/// </summary>
internal sealed class LaneTable
{
    private const int SmallestSharedPrefix = 4; // shorter ones cost more bookkeeping than they save

    private readonly NativeContext _context;
    private readonly Stack<Lane> _free = [];
    private readonly List<Lane> _open = [];
    private readonly List<Lane> _idle = []; // least recently used first
    private readonly int _maxIdle;
    private readonly bool _reuse;
    private readonly StateStore? _states; // null for transformers

    internal LaneTable(NativeContext context, int maxIdle, bool reuse)
    {
        (_context, _maxIdle, _reuse) = (context, maxIdle, reuse);
        _states = context.HasRecurrentState ? new StateStore(context, context.Plan.MaxSequences) : null;
        for (var i = context.Plan.MaxSequences - 1; i >= 0; i--)
            _free.Push(new Lane(new SequenceId(i), KeepsStates));
    }

    internal bool Reuses => _reuse;

    /// <summary>Whether lanes have recurrent states.</summary>
    internal bool KeepsStates => _states is not null;

    internal int OpenCount => _open.Count;

    /// <summary>Cells that open lanes use; a shared prefix counts for its first lane only.</summary>
    internal int OpenCells
    {
        get
        {
            var cells = 0;
            foreach (var lane in _open)
                cells += lane.Length - lane.Shared;
            return cells;
        }
    }

    /// <summary>
    /// Open lanes, positions of idle lanes, and positions that llama.cpp holds in all lanes; a shared position counts for every lane that
    /// has it.
    /// </summary>
    internal CacheUsage Count()
    {
        var held = 0;
        foreach (var lane in _free.Concat(_open).Concat(_idle))
            held += _context.Held(lane.Id);
        return new(_open.Count, _open.Sum(static lane => lane.Length), _idle.Sum(static lane => lane.Length), held);
    }

    /// <summary>The longest prefix of these tokens that a lane of the partition can share.</summary>
    internal int LongestPrefix(ReadOnlySpan<int> tokens, string? partition) => BestMatch(tokens, partition).Length;

    /// <summary>The longest prefix of these tokens that a lane of the partition holds, whether it can share it or not.</summary>
    internal int LongestHeld(ReadOnlySpan<int> tokens, string? partition)
    {
        var longest = 0;
        foreach (var lane in _idle.Concat(_open))
            longest = IsOf(lane, partition) ? Math.Max(longest, lane.CommonPrefix(tokens)) : longest;
        return longest;
    }

    /// <summary>Saves the state of a lane, so that it can be cut and shared here; for lanes with a state only.</summary>
    internal void SaveState(Lane lane) => _states?.Save(lane);

    /// <summary>Takes a lane for a new sequence.</summary>
    /// <param name="tokens">Its first tokens; a prefix of them may already be in the lane on return.</param>
    /// <param name="partition">Where it looks for a prefix.</param>
    /// <returns>The lane, or null when all are open.</returns>
    internal Lane? TryTake(ReadOnlySpan<int> tokens, string? partition)
    {
        var (match, length) = BestMatch(tokens, partition);
        if (match is not null && _idle.Contains(match) && (length == match.Length || (_free.Count == 0 && _idle.Count == 1)))
        {
            _idle.Remove(match);
            if (length < match.Length)
                _ = Truncate(match, length);
            _open.Add(match);
            return match;
        }

        if (TryTakeEmpty(keep: match, partition) is not { } lane)
            return null;
        if (match is not null)
            Share(match, lane, length);
        return lane;
    }

    /// <summary>Takes a lane that shares the first positions of an open one.</summary>
    /// <param name="parent">The open lane.</param>
    /// <param name="length">Positions to share, as many as it holds at most.</param>
    /// <param name="lost">Inputs of the last of them that must be forwarded again, because no state was saved there.</param>
    /// <returns>The lane, or null when all are open.</returns>
    internal Lane? TryFork(Lane parent, int length, out List<LaneRow> lost)
    {
        lost = [];
        if (TryTakeEmpty(keep: null, parent.Partition) is not { } lane)
            return null;
        Share(parent, lane, Shareable(parent, length));
        lost = Lost(parent, lane.Length, length);
        return lane;
    }

    /// <summary>Removes the positions of a lane from <paramref name="length"/> on.</summary>
    /// <returns>Inputs of the positions before it that were removed with them and must be forwarded again.</returns>
    internal List<LaneRow> Truncate(Lane lane, int length)
    {
        var kept = Shareable(lane, length);
        if (kept < lane.Length && kept > 0 && _states is not null && !_states.Restore(lane, lane.StateWithin(kept)!))
            kept = 0;
        var lost = Lost(lane, kept, length);
        if (!_context.Truncate(lane.Id, kept))
            throw new InvalidOperationException($"llama.cpp cannot remove positions of a sequence from {kept} on.");
        lane.Forget(kept);
        return lost;
    }

    /// <summary>Ends the use of a lane; its tokens stay for reuse unless another idle lane has them all.</summary>
    internal void Release(Lane lane)
    {
        _open.Remove(lane);
        var tokens = Shareable(lane, lane.History.IndexOf(Lane.NoToken) is var embedding and >= 0 ? embedding : lane.Length);
        if (!_reuse || _maxIdle == 0 || tokens < SmallestSharedPrefix || HeldByIdle(lane, tokens))
        {
            Free(lane);
        }
        else
        {
            if (tokens < lane.Length)
                _ = Truncate(lane, tokens);
            for (var i = _idle.Count - 1; i >= 0; i--)
            {
                if (IsOf(_idle[i], lane.Partition) && Holds(lane, CollectionsMarshal.AsSpan(_idle[i].History)))
                    FreeIdle(i);
            }

            if (_idle.Count >= _maxIdle)
                FreeIdle(0);
            _idle.Add(lane);
        }

        // An empty cache is reset, so that a deterministic run gets the same cells each time.
        if (_open.Count == 0 && _idle.Count == 0)
            _context.Clear();
    }

    /// <summary>Makes room by evicting the least recently used idle prefix.</summary>
    /// <returns>False when no prefix is idle.</returns>
    internal bool EvictIdle()
    {
        if (_idle.Count == 0)
            return false;
        FreeIdle(0);
        return true;
    }

    private (Lane? Lane, int Length) BestMatch(ReadOnlySpan<int> tokens, string? partition)
    {
        (Lane? Lane, int Length) best = (null, SmallestSharedPrefix - 1);
        if (_reuse && tokens.Length > 0)
        {
            var usable = tokens[..^1]; // the last token is always forwarded, for its prediction
            foreach (var lane in _idle)
                best = Better(lane, usable, best, partition);
            foreach (var lane in _open)
                best = Better(lane, usable, best, partition);
        }

        return best.Lane is null ? (null, 0) : best;
    }

    private (Lane? Lane, int Length) Better(Lane lane, ReadOnlySpan<int> tokens, (Lane? Lane, int Length) best, string? partition) =>
        IsOf(lane, partition) && Shareable(lane, lane.CommonPrefix(tokens)) is var length && length > best.Length ? (lane, length) : best;

    // How many of a lane's first positions, of a number that it holds, can be cut off or shared.
    private int Shareable(Lane lane, int length) =>
        _states is null || length == lane.Length ? length : lane.StateWithin(length)?.Length ?? 0;

    private bool Holds(Lane lane, ReadOnlySpan<int> tokens) =>
        lane.CommonPrefix(tokens) == tokens.Length && Shareable(lane, tokens.Length) == tokens.Length;

    private List<LaneRow> Lost(Lane lane, int from, int to) => _states is null || from >= to ? [] : lane.Rows(from, to);

    private static bool IsOf(Lane lane, string? partition) => string.Equals(lane.Partition, partition, StringComparison.Ordinal);

    private Lane? TryTakeEmpty(Lane? keep, string? partition)
    {
        if (_free.Count == 0)
        {
            var victim = _idle.FindIndex(lane => lane != keep);
            if (victim < 0)
                return null;
            FreeIdle(victim);
        }

        var taken = _free.Pop();
        taken.Partition = partition;
        _open.Add(taken);
        return taken;
    }

    private void Share(Lane source, Lane destination, int length)
    {
        if (length == 0)
            return;
        if (_states is null)
        {
            _context.Share(source.Id, destination.Id, length);
            destination.Share(source, length);
        }
        else
        {
            // The whole is copied, without its memory, and cut where a state was saved.
            _context.Copy(source.Id, destination.Id);
            destination.Share(source, source.Length);
            if (length < source.Length)
                _ = Truncate(destination, length);
        }

        if (_idle.Remove(source))
            _idle.Add(source); // used just now
    }

    private bool HeldByIdle(Lane lane, int length)
    {
        var tokens = CollectionsMarshal.AsSpan(lane.History)[..length];
        foreach (var idle in _idle)
        {
            if (IsOf(idle, lane.Partition) && Holds(idle, tokens))
                return true;
        }

        return false;
    }

    private void FreeIdle(int index)
    {
        var lane = _idle[index];
        _idle.RemoveAt(index);
        Free(lane);
    }

    private void Free(Lane lane)
    {
        _ = Truncate(lane, 0);
        _states?.Trim();
        _free.Push(lane);
    }
}
