namespace CognitiveTools.Evals.Generation;

/// <summary>One training conversation.</summary>
/// <param name="Format">What it teaches: one of <see cref="MiniFormats.Names"/>.</param>
/// <param name="Problem">The problem it is about.</param>
/// <param name="Passages">What is said, in order.</param>
public sealed record Conversation(string Format, Problem Problem, IReadOnlyList<Passage> Passages);
