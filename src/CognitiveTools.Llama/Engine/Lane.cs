using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Engine;

/// <summary>
/// One lane of the key-value cache (a sequence id of llama.cpp) and what it holds. Owned by <see cref="LaneTable"/>; decode thread only.
/// </summary>
/// <param name="id">llama.cpp's number of it.</param>
/// <param name="keepsInputs">Whether the inputs of its positions are kept, so that they can be forwarded again.</param>
internal sealed class Lane(SequenceId id, bool keepsInputs = false)
{
    /// <summary>The entry of <see cref="History"/> for a position that was an embedding, or steered.</summary>
    internal const int NoToken = -1;

    private readonly Dictionary<int, LaneRow>? _inputs = keepsInputs ? [] : null; // of positions without an entry in the history
    private readonly List<SavedState> _states = []; // shortest first

    internal SequenceId Id { get; } = id;

    /// <summary>Tokens of the positions held.</summary>
    internal List<int> History { get; } = [];

    internal int Length => History.Count;

    /// <summary>Only sequences of the same partition may reuse its prefix.</summary>
    internal string? Partition { get; set; }

    /// <summary>Positions shared with the lane that they were copied from.</summary>
    internal int Shared { get; set; }

    /// <summary>Length of the common prefix with these tokens.</summary>
    internal int CommonPrefix(ReadOnlySpan<int> tokens) => CollectionsMarshal.AsSpan(History).CommonPrefixLength(tokens);

    /// <summary>Notes that the next rows of a job were forwarded.</summary>
    /// <param name="job">The job, before they are counted as done.</param>
    /// <param name="rows">Their number.</param>
    /// <param name="steering">What steered them.</param>
    internal void Add(Job job, int rows, AppliedSteering? steering)
    {
        for (var row = job.Done; row < job.Done + rows; row++)
        {
            var token = job.IsEmbedding ? NoToken : job.Tokens.Span[row];
            // A steered position differs from what its token alone would give: no other prompt may reuse it.
            var isPlain = !job.IsEmbedding && steering is null;
            if (!isPlain)
                _inputs?.Add(Length, new(token, job.IsEmbedding ? job.EmbeddingOf(row).ToArray() : null, steering));
            History.Add(isPlain ? token : NoToken);
        }
    }

    /// <summary>The inputs of some positions, of a lane that keeps them.</summary>
    internal List<LaneRow> Rows(int from, int to)
    {
        var rows = new List<LaneRow>(to - from);
        for (var position = from; position < to; position++)
            rows.Add(History[position] is >= 0 and var token ? new(token, null, null) : _inputs![position]);
        return rows;
    }

    /// <summary>The longest saved state of at most this many positions.</summary>
    internal SavedState? StateWithin(int length) => _states.FindLast(state => state.Length <= length && !state.IsDropped);

    internal void Keep(SavedState state)
    {
        state.Lanes++;
        _states.Add(state);
    }

    /// <summary>Notes that the first positions of another lane, and what belongs to them, are this empty lane's now.</summary>
    internal void Share(Lane source, int length)
    {
        Shared = length;
        History.AddRange(CollectionsMarshal.AsSpan(source.History)[..length]);
        foreach (var (position, row) in source._inputs ?? [])
        {
            if (position < length)
                _inputs!.Add(position, row);
        }

        foreach (var state in source._states)
        {
            if (state.Length <= length && !state.IsDropped)
                Keep(state);
        }
    }

    internal void Forget(int length)
    {
        for (var position = length; position < Length && _inputs is { Count: > 0 }; position++)
            _inputs.Remove(position);
        History.RemoveRange(length, History.Count - length);
        Shared = Math.Min(Shared, length);
        for (var i = _states.Count - 1; i >= 0; i--)
        {
            if (_states[i].Length > length || _states[i].IsDropped)
            {
                _states[i].Lanes--;
                _states.RemoveAt(i);
            }
        }
    }
}
