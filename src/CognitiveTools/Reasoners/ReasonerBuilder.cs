namespace CognitiveTools.Reasoners;

/// <summary>
/// Builds a pipeline of reasoners around one, as <c>ChatClientBuilder</c> does around a chat client: what is added first is the
/// outermost. Not thread-safe.
/// </summary>
/// <param name="inner">The reasoner that answers in the end.</param>
/// <example><code>
/// var reasoner = catalog.Create(spec).AsBuilder().Use(inner => new CachingReasoner(inner)).Build();
/// services.ConfigureReasoners(builder => builder.Use((inner, provider) => new CachingReasoner(inner))); // each one of a host
/// </code></example>
public sealed class ReasonerBuilder(IReasoner inner)
{
    private readonly IReasoner _inner = inner ?? throw new ArgumentNullException(nameof(inner));
    private readonly List<Func<IReasoner, IServiceProvider, IReasoner>> _layers = [];

    /// <summary>What the reasoner was made from; <see langword="null"/> when no catalog made it.</summary>
    public ReasonerSpec? Spec { get; init; }

    /// <summary>Adds a layer.</summary>
    /// <param name="wrap">Makes the layer around what is inside of it; usually a <see cref="DelegatingReasoner"/>.</param>
    /// <returns>This builder.</returns>
    public ReasonerBuilder Use(Func<IReasoner, IReasoner> wrap)
    {
        ArgumentNullException.ThrowIfNull(wrap);
        return Use((reasoner, _) => wrap(reasoner));
    }

    /// <summary>Adds a layer that needs services.</summary>
    /// <param name="wrap">Makes the layer around what is inside of it.</param>
    /// <returns>This builder.</returns>
    public ReasonerBuilder Use(Func<IReasoner, IServiceProvider, IReasoner> wrap)
    {
        ArgumentNullException.ThrowIfNull(wrap);
        _layers.Add(wrap);
        return this;
    }

    /// <summary>Builds the pipeline.</summary>
    /// <param name="services">Services of the layers; <see langword="null"/> when there are none.</param>
    /// <exception cref="InvalidOperationException">A layer made nothing.</exception>
    public IReasoner Build(IServiceProvider? services = null)
    {
        var reasoner = _inner;
        for (var i = _layers.Count - 1; i >= 0; i--)
        {
            reasoner = _layers[i](reasoner, services ?? NoServices.Instance) ?? throw new InvalidOperationException(
                $"The layer {i + 1} of {_layers.Count} that Use added returned null. Return the reasoner it was given to add nothing.");
        }

        return reasoner;
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
