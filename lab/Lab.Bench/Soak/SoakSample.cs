namespace CognitiveTools.Lab.Bench.Soak;

/// <summary>
/// What was measured while no request was under way and every sequence was disposed, after a full garbage collection and after the native
/// heap gave its free pages back.
/// </summary>
/// <param name="At">Time since the start.</param>
/// <param name="Operations">Operations done so far.</param>
/// <param name="Resident">Resident size of the process in bytes.</param>
/// <param name="Managed">Bytes of the managed heap.</param>
/// <param name="NativeHeap">Bytes that native code has allocated and not freed; <see langword="null"/> where the C library cannot
/// tell.</param>
/// <param name="NativeObjects">Models, contexts, sampler chains and grammars that are alive in the process.</param>
/// <param name="OpenLanes">Lanes of the cache that sequences still have.</param>
/// <param name="IdlePositions">Positions of the prefixes that the engine keeps for reuse.</param>
/// <param name="HeldPositions">Positions of all lanes by llama.cpp's own account.</param>
internal sealed record SoakSample(
    TimeSpan At, long Operations, long Resident, long Managed, long? NativeHeap, int NativeObjects, int OpenLanes,
    int IdlePositions, int HeldPositions)
{
    /// <summary>Positions that llama.cpp holds and the engine knows nothing of.</summary>
    public int LostPositions => HeldPositions - IdlePositions;
}
