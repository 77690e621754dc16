namespace CognitiveTools.Llama.Engine;

/// <summary>
/// One lane of the key-value cache (a sequence id of llama.cpp) and what it holds. Owned by <see cref="LaneTable"/>; decode thread only.
/// </summary>
internal sealed class Lane(SequenceId id)
{
    /// <summary>The entry of <see cref="History"/> for a position that was an embedding, or steered.</summary>
    internal const int NoToken = -1;

    internal SequenceId Id { get; } = id;

    /// <summary>Tokens of the positions held.</summary>
    internal List<int> History { get; } = [];

    internal int Length => History.Count;

    /// <summary>Only sequences of the same partition may reuse its prefix.</summary>
    internal string? Partition { get; set; }

    /// <summary>Positions shared with the lane that they were copied from.</summary>
    internal int Shared { get; set; }

    /// <summary>Length of the common prefix with these tokens.</summary>
    internal int CommonPrefix(ReadOnlySpan<int> tokens) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(History).CommonPrefixLength(tokens);

    internal void Forget(int length)
    {
        History.RemoveRange(length, History.Count - length);
        Shared = Math.Min(Shared, length);
    }
}
