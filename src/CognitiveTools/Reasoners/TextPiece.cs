namespace CognitiveTools.Reasoners;

/// <summary>More text of a turn that is being generated.</summary>
/// <param name="Text">The text; never empty.</param>
/// <param name="IsThought">Whether the client hands it over as thought, apart from what it says.</param>
public readonly record struct TextPiece(string Text, bool IsThought);
