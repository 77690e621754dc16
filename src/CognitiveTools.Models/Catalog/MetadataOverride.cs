namespace CognitiveTools.Models.Catalog;

/// <summary>
/// A value that replaces one in the model file's metadata when the model is loaded, for example
/// <c>hrm_text.hrm.h_cycles</c>. llama.cpp ignores an override of the wrong type, so the type is checked against the file's.
/// </summary>
/// <param name="Key">The key, which the file must have.</param>
/// <param name="Value">The value as text: a whole number, a number, <c>true</c> or <c>false</c>, or a text, of the file's type.</param>
public sealed record MetadataOverride(string Key, string Value);
