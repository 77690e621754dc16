namespace CognitiveTools.Evals.Summaries;

/// <summary>A warning in one line, with a line of units for each arm it concerns; without lines it concerns the whole run.</summary>
internal sealed record SummaryWarning(string Text, IReadOnlyList<string> Details);
