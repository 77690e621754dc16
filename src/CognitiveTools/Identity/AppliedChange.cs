namespace CognitiveTools.Identity;

/// <summary>One change that was made to a model's file when it was loaded.</summary>
/// <param name="Kind">What was changed, for instance <c>lora</c>, <c>set</c> (a value of the metadata) or <c>chat_template</c>.</param>
/// <param name="Name">The adapter's file name or the metadata's key.</param>
/// <param name="Value">The adapter's scale or the new value.</param>
/// <param name="Sha256">SHA-256 of the file that the change came from, in lower-case hexadecimal; <see langword="null"/> without
/// one.</param>
public sealed record AppliedChange(string Kind, string Name, string Value, string? Sha256 = null);
