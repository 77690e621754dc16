using CognitiveTools.Identity;
using CognitiveTools.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitiveTools.Reasoners;

/// <summary>All the kinds of reasoner a host has registered.</summary>
/// <param name="factories">One per kind.</param>
/// <param name="loggers">Where solves are logged; nowhere when <see langword="null"/>.</param>
/// <param name="advice">What a solve without an answer may be due to; none when <see langword="null"/>.</param>
/// <param name="host">Says what the host brings to every answer; <see langword="null"/> for reasoners without a host.</param>
public sealed class ReasonerCatalog(
    IEnumerable<IReasonerFactory> factories, ILoggerFactory? loggers = null, IEnumerable<IModelAdvice>? advice = null, HostIdentity? host = null)
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

    /// <summary>Everything besides a solve's own options that decides what the reasoner of a spec answers.</summary>
    /// <param name="spec">The reasoner.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The kind is unknown.</exception>
    /// <exception cref="IOException">A file that decides the answers cannot be read.</exception>
    public async ValueTask<ReasonerIdentity> IdentifyAsync(ReasonerSpec spec, CancellationToken cancellationToken = default)
    {
        var inputs = InputsOf(spec);
        var code = _factories.Values.Select(factory => factory.GetType().Assembly);
        return host is not null
            ? await host.OfAsync(inputs, code, cancellationToken)
            : new ReasonerIdentity { Files = await HostIdentity.FilesAsync(inputs, cancellationToken), Code = HostIdentity.CodeOf(code) };
    }

    /// <summary>Makes a reasoner that works inside of another one, whose solves are not counted twice.</summary>
    internal IReasoner Make(ReasonerSpec spec) => Factory(spec).Create(spec);

    /// <summary>What the reasoner of a spec takes from outside.</summary>
    internal ReasonerInputs InputsOf(ReasonerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Factory(spec).InputsOf(spec);
    }

    private IReasonerFactory Factory(ReasonerSpec spec) =>
        _factories.TryGetValue(spec.Kind, out var factory)
            ? factory
            : throw new ArgumentException(
                $"There is no reasoner '{spec.Kind}'.{Nearest.Hint(spec.Kind, _factories.Keys)} Known: {string.Join(", ", _factories.Keys)}.");
}
