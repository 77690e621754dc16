namespace CognitiveTools.Evals.Summaries;

/// <summary>A warning about a table.</summary>
/// <param name="Text">One line.</param>
/// <param name="Details">The units it concerns, a line for each arm; empty when it concerns the whole run.</param>
internal sealed record SummaryWarning(string Text, IReadOnlyList<string> Details);
