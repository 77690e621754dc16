namespace CognitiveTools.Identity;

/// <summary>Named content: prompts or tools.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Sha256">SHA-256 of the content in lower-case hexadecimal.</param>
internal sealed record ContentIdentity(string Name, string Sha256);
