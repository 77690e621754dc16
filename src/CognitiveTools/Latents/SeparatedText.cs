namespace CognitiveTools.Latents;

/// <summary>The text of a turn, its thoughts apart.</summary>
/// <param name="Text">The visible text.</param>
/// <param name="Thoughts">The thoughts; empty without any.</param>
/// <param name="ThoughtTokens">Generated tokens that belong to thoughts and their marks.</param>
internal sealed record SeparatedText(string Text, string Thoughts, int ThoughtTokens)
{
    /// <summary>Whether there are thoughts and no visible text.</summary>
    public bool HasThoughtsOnly => (Thoughts.Length > 0 || ThoughtTokens > 0) && string.IsNullOrWhiteSpace(Text);

    /// <summary>This text and the one that follows it.</summary>
    public SeparatedText Then(Continuation continuation)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        return new(Text + continuation.Text, Thoughts + continuation.Thoughts, ThoughtTokens + continuation.ThoughtTokens);
    }
}
