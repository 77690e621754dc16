namespace CognitiveTools.Reasoners;

/// <summary>A setting or a control of a reasoner, for help texts.</summary>
/// <param name="Name">The key as a spec writes it; a control begins with <c>/</c>.</param>
/// <param name="Default">The value without it, as text; empty for none.</param>
/// <param name="Meaning">Its values and what they do, in one line. A path is called FILE or FOLDER.</param>
public sealed record ReasonerSetting(string Name, string Default, string Meaning);
