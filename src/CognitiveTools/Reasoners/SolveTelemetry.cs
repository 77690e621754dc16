using System.Diagnostics;
using CognitiveTools.Telemetry;

namespace CognitiveTools.Reasoners;

/// <summary>The spans and counters of solves.</summary>
internal static class SolveTelemetry
{
    public static Activity? Start(ReasonerSpec spec, Question question)
    {
        if (ToolkitTelemetry.StartSpan($"{TelemetryNames.SolveSpan} {spec.Kind}") is not { } span)
            return null;
        return span.SetTag(TelemetryNames.Reasoner, spec.Kind)
            .SetTag(TelemetryNames.Spec, spec.ToString())
            .SetTag(TelemetryNames.Question, question.Id);
    }

    public static void End(Activity? span, ReasonerSpec spec, Reasoning reasoning)
    {
        var stop = reasoning.Stop.ToString();
        if (ToolkitTelemetry.Solves.Enabled)
            ToolkitTelemetry.Solves.Add(1, new(TelemetryNames.Reasoner, spec.Kind), new(TelemetryNames.Stop, stop));
        if (ToolkitTelemetry.Positions.Enabled)
        {
            foreach (var (kind, count) in UsageWords.Parts(reasoning.Usage))
            {
                if (count > 0)
                    ToolkitTelemetry.Positions.Add(count, new(TelemetryNames.Reasoner, spec.Kind), new(TelemetryNames.PositionKind, kind));
            }
        }

        span?.SetTag(TelemetryNames.Stop, stop)
            .SetTag(TelemetryNames.SpentPositions, reasoning.Usage.Incomplete ? null : reasoning.Usage.Positions); // null sets no tag
        if (reasoning.Stop == StopReason.Failed)
            span?.SetTag(TelemetryNames.ErrorType, stop).SetStatus(ActivityStatusCode.Error, reasoning.Error);
    }
}
