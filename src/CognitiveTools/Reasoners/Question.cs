namespace CognitiveTools.Reasoners;

/// <summary>A problem put to a reasoner.</summary>
/// <param name="Id">A stable identifier, unique within a problem set.</param>
/// <param name="Text">The problem text, passed on byte for byte.</param>
public sealed record Question(string Id, string Text);
