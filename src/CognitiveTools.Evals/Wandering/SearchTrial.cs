namespace CognitiveTools.Evals.Wandering;

/// <summary>A search with a known distance to its goals.</summary>
/// <param name="Steps">Right steps from the start to a goal, d - 1 for a tree of depth d.</param>
/// <param name="Goals">Goals at that distance, of which one is enough.</param>
/// <param name="Found">Whether one was found.</param>
internal readonly record struct SearchTrial(int Steps, int Goals, bool Found);
