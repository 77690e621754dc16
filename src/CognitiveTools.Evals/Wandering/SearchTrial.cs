namespace CognitiveTools.Evals.Wandering;

/// <summary>A search: right steps to its goals (d - 1 for a tree of depth d), goals, and whether it found one.</summary>
internal readonly record struct SearchTrial(int Steps, int Goals, bool Found);
