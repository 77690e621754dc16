namespace CognitiveTools.Llama.Models;

/// <summary>A token that is recognised by its whole text wherever special tokens are parsed.</summary>
/// <param name="Id">The token.</param>
/// <param name="Text">Its text.</param>
/// <param name="IsControl">Control tokens are never found in plain text; user-defined ones are.</param>
/// <param name="StripsLeft">Eats white space before it.</param>
/// <param name="StripsRight">Eats white space after it.</param>
internal sealed record SpecialToken(TokenId Id, string Text, bool IsControl, bool StripsLeft, bool StripsRight);
