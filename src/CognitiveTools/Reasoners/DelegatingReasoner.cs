namespace CognitiveTools.Reasoners;

/// <summary>Forwards to an inner reasoner; derive from it to change its behaviour.</summary>
/// <param name="inner">The inner reasoner.</param>
public abstract class DelegatingReasoner(IReasoner inner) : IReasoner
{
    /// <summary>The inner reasoner.</summary>
    protected IReasoner Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public virtual Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default) =>
        Inner.SolveAsync(question, options, cancellationToken);
}
