namespace CognitiveTools.Reasoners;

/// <summary>A reasoner around another one. It changes nothing; derive from it and override what is to change.</summary>
/// <param name="inner">The reasoner inside.</param>
public abstract class DelegatingReasoner(IReasoner inner) : IReasoner
{
    /// <summary>The reasoner inside.</summary>
    protected IReasoner Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public virtual Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default) =>
        Inner.SolveAsync(question, options, cancellationToken);
}
