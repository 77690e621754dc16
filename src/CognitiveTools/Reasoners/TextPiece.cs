namespace CognitiveTools.Reasoners;

/// <summary>A piece of a turn's text while it is generated.</summary>
/// <param name="Text">The text; never empty.</param>
/// <param name="IsThought">Whether the client returned it as thought, separately from the visible text.</param>
public readonly record struct TextPiece(string Text, bool IsThought);
