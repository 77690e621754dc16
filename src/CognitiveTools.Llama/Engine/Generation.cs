using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Llama.Engine;

/// <summary>A generated text.</summary>
/// <param name="Text">The visible text without stop sequence and special tokens.</param>
/// <param name="Tokens">The tokens sampled, the one that ended the turn not included.</param>
/// <param name="End">Why it ended.</param>
/// <param name="PromptLength">Positions of the prompt.</param>
/// <param name="Cached">Of these, reused from another sequence.</param>
internal sealed record Generation(string Text, IReadOnlyList<int> Tokens, GenerationEnd End, int PromptLength, int Cached)
{
    /// <summary>Result for a prompt that does not fit into the context: no row was forwarded, so no position is billed.</summary>
    internal static Generation ContextTooSmall { get; } = new("", [], GenerationEnd.ContextFull, PromptLength: 0, Cached: 0);

    /// <summary>
    /// For each token the margin of the prediction it was sampled from; empty unless <see cref="GenerationOptions.Margins"/>.
    /// </summary>
    public IReadOnlyList<double> Margins { get; init; } = [];

    /// <summary>
    /// Thoughts and visible text in order; empty when the text was not searched for thoughts, or the model has no format for them.
    /// </summary>
    public IReadOnlyList<TextPiece> Parts { get; init; } = [];

    /// <summary>
    /// Of the tokens, those that belong to thoughts and their marks, <see cref="TakenBack"/> included; <see langword="null"/> when the
    /// text was not searched for thoughts, or the model has no format for them.
    /// </summary>
    public int? ThoughtTokens { get; init; }

    /// <summary>Tokens that were generated beside <see cref="Tokens"/> and taken back: marks in whose place "Wait" stands.</summary>
    public int TakenBack { get; init; }

    /// <summary>The result as that of a sequence under the latent contract.</summary>
    internal Continuation ToContinuation() => new(Text, Tokens, End)
    {
        Margins = Margins,
        Thoughts = string.Concat(Parts.Where(static part => part.IsThought).Select(static part => part.Text)),
        ThoughtTokens = ThoughtTokens ?? 0,
    };

    /// <summary>Decodes between the request's arrival and its first row.</summary>
    public long Waited { get; init; }
}
