namespace CognitiveTools.Answers.Reading;

/// <summary>The text behind an answer marker.</summary>
/// <param name="Content">The candidate.</param>
/// <param name="End">Index after it in the searched text.</param>
/// <param name="Loose">Whether it is behind a label on its own line, so that a sentence around the answer may be read.</param>
internal readonly record struct MarkedText(string Content, int End, bool Loose);
