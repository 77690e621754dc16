namespace CognitiveTools.Evals.Runs;

/// <summary>How a run's answers are read and compared.</summary>
/// <param name="Kind">Name of the kind.</param>
/// <param name="Version">Version of its rules.</param>
internal sealed record AnswerFacts(string Kind, int Version);
