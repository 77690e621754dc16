namespace CognitiveTools.Identity;

/// <summary>The questions whose thoughts and tool outputs controls and ablations use.</summary>
/// <param name="Count">Number of questions.</param>
/// <param name="Sha256">SHA-256 over ids and texts in order, in lower-case hexadecimal.</param>
internal sealed record DonorIdentity(int Count, string Sha256);
