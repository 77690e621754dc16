namespace CognitiveTools.Evals.Runs;

/// <summary>A finished unit before it is written.</summary>
/// <param name="Record">Its record without a transcript's hash.</param>
/// <param name="Transcript">Its transcript; <see langword="null"/> when the unit threw.</param>
internal sealed record UnitOutcome(UnitRecord Record, byte[]? Transcript);
