namespace CognitiveTools.Evals.Summaries;

/// <summary>Something to know before reading a table.</summary>
/// <param name="Text">One line.</param>
/// <param name="Details">The units that it speaks of, a line for each arm; empty when it speaks of the whole run.</param>
internal sealed record SummaryWarning(string Text, IReadOnlyList<string> Details);
