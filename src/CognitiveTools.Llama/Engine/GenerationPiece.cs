namespace CognitiveTools.Llama.Engine;

/// <summary>A piece of a text being generated.</summary>
/// <param name="Text">More text; empty in the last piece.</param>
/// <param name="Result">The whole; in the last piece only.</param>
internal readonly record struct GenerationPiece(string Text, Generation? Result)
{
    /// <summary>Whether the text is thought.</summary>
    public bool IsThought { get; init; }
}
