namespace CognitiveTools.Latent.Thoughts;

/// <summary>
/// A latent method: decides from each prediction what the network is fed next in place of a visible token.
/// Immutable and reusable; whatever changes during a solve lives in the state that <see cref="BeginAsync"/> returns.
/// </summary>
public interface IThoughtRule
{
    /// <summary>
    /// Whether the rule feeds embeddings. The controls replace embeddings, so they refuse a rule that feeds none.
    /// </summary>
    bool FeedsEmbeddings { get; }

    /// <summary>Whether the thoughts' cache is removed before the answer is decoded (a control).</summary>
    bool DropsCache => false;

    /// <summary>Starts the thoughts about one question.</summary>
    /// <exception cref="ArgumentException">The rule does not fit the model; the message says the remedy.</exception>
    ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken cancellationToken = default);
}
