namespace CognitiveTools.Latents;

/// <summary>
/// A turn of the model up to a continuation, so that an engine can tell the thoughts of the continuation from its visible text: a
/// thought may have been opened in the prompt or by an earlier token.
/// </summary>
/// <param name="Prompt">Tokens of the conversation.</param>
/// <param name="Tokens">What the turn has after them, in order.</param>
internal sealed record TurnSoFar(int[] Prompt, TurnToken[] Tokens)
{
    /// <summary>
    /// Tokens of thoughts that the continuation may have beside <see cref="ContinuationOptions.MaxTokens"/> of visible text, if the
    /// model thinks; a thought that is longer is cut. <see langword="null"/>: thoughts count as visible text does.
    /// </summary>
    public int? ThoughtTokens { get; init; }
}

/// <summary>A token of a turn.</summary>
/// <param name="Token">The token; of a latent step the most probable one.</param>
/// <param name="IsText">Whether it is part of the turn's text; otherwise it only opens and closes thoughts.</param>
/// <param name="IsGenerated">Whether it counts as a generated token.</param>
internal readonly record struct TurnToken(int Token, bool IsText, bool IsGenerated)
{
    /// <summary>A generated token of the text.</summary>
    public static TurnToken Said(int token) => new(token, IsText: true, IsGenerated: true);

    /// <summary>A token that is no part of the text.</summary>
    public static TurnToken Unsaid(int token) => new(token, IsText: false, IsGenerated: false);
}
