using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Rules;

/// <summary>
/// A control that puts something else in place of each embedding of a rule, and leaves everything else (count, tokens,
/// stop, prompt, decoding) as it is.
/// </summary>
public abstract class EmbeddingDecorator : IThoughtRule
{
    /// <summary>Wraps a rule.</summary>
    /// <exception cref="ArgumentException">The rule feeds no embeddings, so the control would change nothing.</exception>
    protected EmbeddingDecorator(IThoughtRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (!rule.FeedsEmbeddings)
        {
            throw new ArgumentException(
                $"'{GetType().Name}' replaces embeddings but {rule.GetType().Name} feeds tokens only, so it would change nothing. Use it "
                    + "on a rule that feeds embeddings.",
                nameof(rule));
        }

        Rule = rule;
    }

    /// <inheritdoc/>
    public virtual bool FeedsEmbeddings => true;

    /// <inheritdoc/>
    public bool DropsCache => Rule.DropsCache;

    /// <summary>The wrapped rule.</summary>
    protected IThoughtRule Rule { get; }

    /// <inheritdoc/>
    public async ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken cancellationToken = default)
    {
        var replace = await PrepareAsync(context, cancellationToken);
        return new State(await Rule.BeginAsync(context, cancellationToken), replace);
    }

    /// <summary>Makes the replacement for one solve; it is called once per embedding, in order, with the prediction before it.</summary>
    protected abstract ValueTask<Func<Prediction, ThoughtInput, ThoughtInput>> PrepareAsync(
        ThoughtContext context, CancellationToken cancellationToken);

    private sealed class State(IThoughtState state, Func<Prediction, ThoughtInput, ThoughtInput> replace) : IThoughtState
    {
        public ThoughtInput Next(in Prediction prediction)
        {
            var input = state.Next(prediction);
            return input.Kind == ThoughtInputKind.Embedding ? replace(prediction, input) : input;
        }
    }
}
