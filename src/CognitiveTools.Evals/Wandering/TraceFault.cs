namespace CognitiveTools.Evals.Wandering;

/// <summary>A fault of a trace.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Line">Zero-based index of the trace line; the number of lines for what shows only at the end.</param>
/// <param name="Reason">What is wrong, in words.</param>
internal sealed record TraceFault(TraceFaultKind Kind, int Line, string Reason);
