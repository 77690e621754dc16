namespace CognitiveTools.Reasoners;

/// <summary>A line that gives a final answer.</summary>
/// <param name="Start">Index of the line's first character.</param>
/// <param name="Content">Index behind the label and what parts it from the answer; the line's end when nothing follows.</param>
/// <param name="End">Index behind the answer: the line's end, or a closing tag.</param>
/// <param name="AsPrompted">The label is <c>ANSWER:</c> or <c>FINAL ANSWER:</c> in capitals, as the prompts ask for.</param>
internal readonly record struct AnswerLine(int Start, int Content, int End, bool AsPrompted);
