using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Engine;

/// <summary>What an engine has done since it started. One position is one row through the network.</summary>
/// <param name="Prompt">Token positions forwarded that the caller gave.</param>
/// <param name="Generated">Token positions forwarded that the engine had sampled.</param>
/// <param name="Embeddings">Embedding positions forwarded.</param>
/// <param name="Cached">Positions of prompts reused from another sequence instead of being forwarded; forks are not counted.</param>
/// <param name="Decodes">Calls of llama_decode that succeeded.</param>
/// <param name="LargestBatch">Rows of the largest decode.</param>
/// <param name="Started">Requests whose first row was forwarded; a request that was preempted and started again counts again.</param>
/// <param name="Waited">Decodes between a request's arrival and its first row, summed over these requests.</param>
/// <param name="LongestWait">The most decodes that one request waited.</param>
/// <param name="Groups">Groups of sequences stepped together, at least one of which found a lane.</param>
/// <param name="SplitGroups">
/// Of these, the groups whose members' first rows were not all in one decode: too few lanes, too small a batch, or tokens and
/// embeddings mixed.
/// </param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EngineCounters(
    long Prompt, long Generated, long Embeddings, long Cached, long Decodes, int LargestBatch, long Started, long Waited, long LongestWait,
    long Groups, long SplitGroups)
{
    /// <summary>All positions forwarded.</summary>
    public long Forwarded => Prompt + Generated + Embeddings;
}
