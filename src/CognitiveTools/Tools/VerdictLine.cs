namespace CognitiveTools.Tools;

/// <summary>A line <c>label: value</c> that a tool's output must have.</summary>
/// <param name="Label">The text before the colon.</param>
/// <param name="Values">The values allowed after it.</param>
internal sealed record VerdictLine(string Label, IReadOnlyList<string> Values);
