using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CognitiveTools.Telemetry;

/// <summary>The toolkit's source of spans and its counters. Nothing is made or computed unless somebody listens.</summary>
internal static class ToolkitTelemetry
{
    private static readonly ActivitySource Spans = new(TelemetryNames.Source);
    private static readonly Meter Meter = new(TelemetryNames.Source);

    public static Counter<long> Solves { get; } =
        Meter.CreateCounter<long>(TelemetryNames.Solves, "{solve}", "Questions solved or given up.");

    public static Counter<long> ToolCalls { get; } =
        Meter.CreateCounter<long>(TelemetryNames.ToolCalls, "{call}", "Calls of cognitive tools.");

    public static Counter<long> Positions { get; } =
        Meter.CreateCounter<long>(TelemetryNames.Positions, "{position}", "Rows through the network that solves needed.");

    /// <returns><see langword="null"/> when nobody listens.</returns>
    public static Activity? StartSpan(string name) => Spans.HasListeners() ? Spans.StartActivity(name) : null;
}
