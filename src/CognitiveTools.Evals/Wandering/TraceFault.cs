namespace CognitiveTools.Evals.Wandering;

/// <summary>A fault of a trace at a line, counted from 0; the number of lines for a fault that shows only at the end.</summary>
internal sealed record TraceFault(TraceFaultKind Kind, int Line, string Reason);
