using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Engine;

/// <summary>What an engine has done since it started. One position is one row through the network.</summary>
/// <param name="Prompt">Token positions forwarded that the caller gave.</param>
/// <param name="Generated">Token positions forwarded that the engine had sampled.</param>
/// <param name="Embeddings">Embedding positions forwarded.</param>
/// <param name="Cached">Positions taken over from another sequence instead of being forwarded; explicit forks not counted.</param>
/// <param name="Decodes">Calls of llama_decode that succeeded.</param>
/// <param name="LargestBatch">Rows of the largest decode.</param>
/// <param name="Started">Requests of which a first row was forwarded; one that had to start again counts again.</param>
/// <param name="Waited">Decodes that these saw between their arrival and their first row, summed up.</param>
/// <param name="LongestWait">The most that one of them saw.</param>
/// <param name="Groups">Groups of sequences stepped together, at least one of which found a lane.</param>
/// <param name="SplitGroups">
/// Of these, the ones whose members' first rows were not all in one decode: too few lanes, too small a batch, tokens beside embeddings.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EngineCounters(
    long Prompt, long Generated, long Embeddings, long Cached, long Decodes, int LargestBatch, long Started, long Waited, long LongestWait,
    long Groups, long SplitGroups)
{
    /// <summary>All positions forwarded.</summary>
    public long Forwarded => Prompt + Generated + Embeddings;
}
