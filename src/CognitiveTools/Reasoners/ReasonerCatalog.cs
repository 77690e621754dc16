namespace CognitiveTools.Reasoners;

/// <summary>All the kinds of reasoner a host has registered.</summary>
public sealed class ReasonerCatalog(IEnumerable<IReasonerFactory> factories)
{
    private readonly SortedDictionary<string, IReasonerFactory> _factories =
        new(factories.ToDictionary(f => f.Kind, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The factories, by kind.</summary>
    public IReadOnlyCollection<IReasonerFactory> Factories => _factories.Values;

    /// <summary>Makes the reasoner that a spec names.</summary>
    /// <exception cref="ArgumentException">The kind, a setting or the control is unknown.</exception>
    public IReasoner Create(ReasonerSpec spec) =>
        _factories.TryGetValue(spec.Kind, out var factory)
            ? factory.Create(spec)
            : throw new ArgumentException(
                $"There is no reasoner '{spec.Kind}'. Known: {string.Join(", ", _factories.Keys)}.", nameof(spec));
}
