namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Keeps copies of recurrent states, so that sequences of recurrent and hybrid models can be rewound and share a start: llama.cpp can
/// remove the last positions of an attention cache, but a recurrent state cannot be computed backwards. The least recently used copy is
/// dropped first. Owned by the <see cref="LaneTable"/>; decode thread only.
/// </summary>
/// <param name="context">Saves and restores.</param>
/// <param name="most">Copies at most.</param>
internal sealed class StateStore(NativeContext context, int most)
{
    private const int SmallestGain = 16; // positions; to forward fewer again costs less than a copy

    private readonly List<SavedState> _states = []; // least recently used first

    /// <summary>Saves the state of a lane at its last position, unless it has one that is nearly as long.</summary>
    internal void Save(Lane lane)
    {
        if (lane.Length - (lane.StateWithin(lane.Length)?.Length ?? 0) < SmallestGain || context.SaveState(lane.Id) is not { } data)
            return;
        if (_states.Count >= most)
        {
            _states[0].Drop();
            _states.RemoveAt(0);
        }

        var state = new SavedState(lane.Length, data);
        _states.Add(state);
        lane.Keep(state);
    }

    /// <summary>Puts a saved state in the place of a lane's own.</summary>
    /// <returns>False when the library could not; the lane must be emptied then.</returns>
    internal bool Restore(Lane lane, SavedState state)
    {
        if (_states.Remove(state))
            _states.Add(state); // used just now
        return context.RestoreState(lane.Id, state.Data);
    }

    /// <summary>Forgets the states that no lane can go back to.</summary>
    internal void Trim() => _states.RemoveAll(static state => state.Lanes == 0);
}
