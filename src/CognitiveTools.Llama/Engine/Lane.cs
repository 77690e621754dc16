namespace CognitiveTools.Llama.Engine;

/// <summary>
/// One lane of the key-value cache (a sequence id of llama.cpp) and what it holds. Owned by <see cref="LaneTable"/>; decode thread only.
/// </summary>
internal sealed class Lane(SequenceId id)
{
    /// <summary>Stands in <see cref="History"/> for a position that was an embedding, or steered.</summary>
    internal const int NoToken = -1;

    internal SequenceId Id { get; } = id;

    /// <summary>Tokens of the positions held.</summary>
    internal List<int> History { get; } = [];

    internal int Length => History.Count;

    /// <summary>Who may begin with what it holds: sequences of the same partition.</summary>
    internal string? Partition { get; set; }

    /// <summary>Positions whose cells belonged to another lane first.</summary>
    internal int Shared { get; set; }

    /// <summary>Positions that another sequence with these tokens would have too.</summary>
    internal int CommonPrefix(ReadOnlySpan<int> tokens) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(History).CommonPrefixLength(tokens);

    internal void Forget(int length)
    {
        History.RemoveRange(length, History.Count - length);
        Shared = Math.Min(Shared, length);
    }
}
