namespace CognitiveTools.Reasoners;

/// <summary>An answer and its position in the text.</summary>
/// <param name="Answer">The normalised answer, as <see cref="IAnswerReader.Read"/> gives it.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">Its characters as written, at least 1.</param>
public readonly record struct AnswerSpan(string Answer, int Start, int Length);
