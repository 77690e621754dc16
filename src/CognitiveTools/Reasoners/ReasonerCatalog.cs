using CognitiveTools.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitiveTools.Reasoners;

/// <summary>All the kinds of reasoner a host has registered.</summary>
/// <param name="factories">One per kind.</param>
/// <param name="loggers">Where solves are logged; nowhere when <see langword="null"/>.</param>
/// <param name="advice">What a solve without an answer may be due to; none when <see langword="null"/>.</param>
public sealed class ReasonerCatalog(IEnumerable<IReasonerFactory> factories, ILoggerFactory? loggers = null, IEnumerable<IModelAdvice>? advice = null)
{
    private readonly IModelAdvice[] _advice = [.. advice ?? []];

    private readonly ILogger _logger = loggers?.CreateLogger<ReasonerCatalog>() ?? NullLogger<ReasonerCatalog>.Instance;

    private readonly SortedDictionary<string, IReasonerFactory> _factories =
        new(factories.ToDictionary(f => f.Kind, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The factories, by kind.</summary>
    public IReadOnlyCollection<IReasonerFactory> Factories => _factories.Values;

    /// <summary>Makes the reasoner that a spec names; its solves show in traces, metrics and logs (<see cref="Telemetry.TelemetryNames"/>).</summary>
    /// <exception cref="ArgumentException">The kind, a setting or the control is unknown.</exception>
    public IReasoner Create(ReasonerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new ObservedReasoner(Make(spec), spec, _logger, _advice);
    }

    /// <summary>Makes a reasoner that works inside of another one, whose solves are not counted twice.</summary>
    internal IReasoner Make(ReasonerSpec spec) =>
        _factories.TryGetValue(spec.Kind, out var factory)
            ? factory.Create(spec)
            : throw new ArgumentException(
                $"There is no reasoner '{spec.Kind}'.{Nearest.Hint(spec.Kind, _factories.Keys)} Known: {string.Join(", ", _factories.Keys)}.");
}
