using CognitiveTools.Identity;
using CognitiveTools.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitiveTools.Reasoners;

/// <summary>All kinds of reasoner that a host has registered.</summary>
public sealed class ReasonerCatalog
{
    private readonly SortedDictionary<string, IReasonerFactory> _factories;
    private readonly IReadOnlyList<ReasonerConfiguration> _configurations = [];
    private readonly IReadOnlyList<IModelAdvice> _advice = [];
    private readonly IReasonerIdentifier? _host;
    private readonly IServiceProvider? _services;
    private readonly ILogger _logger;

    /// <summary>A catalog without a host.</summary>
    /// <param name="factories">One per kind.</param>
    /// <param name="loggers">Where solves are logged; nowhere when <see langword="null"/>.</param>
    public ReasonerCatalog(IEnumerable<IReasonerFactory> factories, ILoggerFactory? loggers = null)
    {
        _factories = new(factories.ToDictionary(f => f.Kind, StringComparer.Ordinal), StringComparer.Ordinal);
        _logger = loggers?.CreateLogger<ReasonerCatalog>() ?? NullLogger<ReasonerCatalog>.Instance;
    }

    /// <summary>
    /// The catalog of a host, with the host's layers, identity and advice.
    /// </summary>
    internal ReasonerCatalog(IServiceProvider services)
        : this(services.GetServices<IReasonerFactory>(), services.GetService<ILoggerFactory>())
    {
        _services = services;
        _configurations = [.. services.GetServices<ReasonerConfiguration>()];
        _advice = [.. services.GetServices<IModelAdvice>()];
        _host = services.GetService<IReasonerIdentifier>();
    }

    /// <summary>The factories, by kind.</summary>
    public IReadOnlyCollection<IReasonerFactory> Factories => _factories.Values;

    /// <summary>
    /// Makes the reasoner of a spec inside the layers of <c>services.ConfigureReasoners</c>; its solves are reported to traces,
    /// metrics and logs (<see cref="Telemetry.TelemetryNames"/>).
    /// </summary>
    /// <exception cref="ArgumentException">The kind, a setting or the control is unknown.</exception>
    public IReasoner Create(ReasonerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var builder = new ReasonerBuilder(Make(spec)) { Spec = spec };
        foreach (var configuration in _configurations)
            configuration.Configure(builder);
        return new ObservedReasoner(builder.Build(_services), spec, _logger, _advice);
    }

    /// <summary>Everything besides a solve's options that decides the answers of a spec's reasoner.</summary>
    /// <param name="spec">The reasoner.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The kind is unknown.</exception>
    /// <exception cref="IOException">A file that decides the answers cannot be read.</exception>
    internal async ValueTask<ReasonerIdentity> IdentifyAsync(ReasonerSpec spec, CancellationToken cancellationToken = default)
    {
        var inputs = InputsOf(spec);
        var code = _factories.Values.Select(factory => factory.GetType().Assembly)
            .Concat(_configurations.Select(configuration => configuration.Configure.Method.Module.Assembly));
        return _host is not null
            ? await _host.IdentifyAsync(inputs, code, cancellationToken)
            : new ReasonerIdentity
            {
                Files = await FileHash.OfAllAsync(inputs.Files, cancellationToken),
                Code = AssemblyVersion.OfAll(code)
            };
    }

    /// <summary>Makes a reasoner for use inside another one, without telemetry, so that its solves are not counted twice.</summary>
    internal IReasoner Make(ReasonerSpec spec) => Factory(spec).Create(spec);

    /// <summary>The inputs of a spec's reasoner.</summary>
    internal ReasonerInputs InputsOf(ReasonerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Factory(spec).InputsOf(spec);
    }

    private IReasonerFactory Factory(ReasonerSpec spec) =>
        _factories.TryGetValue(spec.Kind, out var factory)
            ? factory
            : throw new ArgumentException(
                $"There is no reasoner '{spec.Kind}'.{Nearest.Hint(spec.Kind, _factories.Keys)} Known: "
                    + $"{string.Join(", ", _factories.Keys)}.");
}
