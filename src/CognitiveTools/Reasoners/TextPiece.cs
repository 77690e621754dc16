namespace CognitiveTools.Reasoners;

/// <summary>A piece of a turn's text while it is generated.</summary>
/// <param name="Text">The text; never empty.</param>
/// <param name="IsThought">Whether the client returned it as thought, separately from the visible text.</param>
public readonly record struct TextPiece(string Text, bool IsThought)
{
    /// <summary>Zero-based number of the sample or trajectory that said it; <see langword="null"/> when there is only one.</summary>
    public int? Sample { get; init; }

    /// <summary>Whether the text is a part of the solve's answer for certain, and not a turn before it.</summary>
    public bool IsAnswer { get; init; }
}
