namespace CognitiveTools.Reasoners;

/// <summary>A line with a final answer.</summary>
/// <param name="Start">Index of the line's first character.</param>
/// <param name="Content">Index of the answer, after the label and its separator; the line's end without an answer.</param>
/// <param name="End">Index after the answer: the line's end, or a closing tag.</param>
/// <param name="AsPrompted">The label is <c>ANSWER:</c> or <c>FINAL ANSWER:</c> in capitals, as the prompts ask for.</param>
internal readonly record struct AnswerLine(int Start, int Content, int End, bool AsPrompted);
