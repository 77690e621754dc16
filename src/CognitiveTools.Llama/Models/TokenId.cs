namespace CognitiveTools.Llama.Models;

/// <summary>A token of one model's vocabulary.</summary>
/// <param name="Value">Index into the vocabulary.</param>
internal readonly record struct TokenId(int Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"token {Value}";
}
