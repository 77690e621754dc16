namespace CognitiveTools.Lab.Bench.Traffic;

/// <summary>
/// How long one caller waited for its turns, in decodes that the engine did between a request's arrival and its first row.
/// </summary>
/// <param name="Caller">Its number; even ones have long prompts.</param>
/// <param name="Requests">Requests answered.</param>
/// <param name="Waited">Decodes waited, summed up.</param>
/// <param name="Longest">Decodes of the longest wait.</param>
internal sealed record CallerWaits(int Caller, long Requests, long Waited, long Longest);
