namespace CognitiveTools.Models.Catalog;

/// <summary>
/// A value that takes the place of one in the model file's metadata when the model is loaded, for instance
/// <c>hrm_text.hrm.h_cycles</c>. llama.cpp ignores an override of the wrong type, so the type is held against the file's.
/// </summary>
/// <param name="Key">The key as the file spells it; the file must have it.</param>
/// <param name="Value">The value as text: a whole number, a number, <c>true</c> or <c>false</c>, or a text, as the file's is.</param>
public sealed record MetadataOverride(string Key, string Value);
