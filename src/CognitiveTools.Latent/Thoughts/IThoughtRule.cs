namespace CognitiveTools.Latent.Thoughts;

/// <summary>
/// A latent method: makes from each prediction the next input of the network, instead of a visible token. Immutable and reusable;
/// everything that changes during a solve is in the state that <see cref="BeginAsync"/> returns.
/// </summary>
public interface IThoughtRule
{
    /// <summary>
    /// Whether the rule feeds embeddings. The controls replace embeddings, so they refuse rules without.
    /// </summary>
    bool FeedsEmbeddings { get; }

    /// <summary>Whether the thoughts' cache is removed before the answer is decoded (a control).</summary>
    bool DropsCache => false;

    /// <summary>Starts the thoughts about one question.</summary>
    /// <exception cref="ArgumentException">The rule does not fit the model; the message names the remedy.</exception>
    ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken cancellationToken = default);
}
