namespace CognitiveTools.Answers.Expressions;

/// <summary>An end of an interval: its place on the line, the expression it was written as, and whether it belongs to the
/// interval.</summary>
internal readonly record struct IntervalBound(double At, Node Written, bool Closed);
