using System.Diagnostics;
using System.Diagnostics.Metrics;
using CognitiveTools.Calls;
using CognitiveTools.Loop;
using CognitiveTools.Reasoners;
using CognitiveTools.Tools;

namespace CognitiveTools.Telemetry;

/// <summary>The spans and counters of the toolkit. Nothing is made or computed unless somebody listens.</summary>
internal static class ToolkitTelemetry
{
    private static readonly ActivitySource Spans = new(TelemetryNames.Source);
    private static readonly Meter Meter = new(TelemetryNames.Source);
    private static readonly Counter<long> Solves = Meter.CreateCounter<long>(TelemetryNames.Solves, "{solve}", "Questions solved or given up.");
    private static readonly Counter<long> ToolCalls = Meter.CreateCounter<long>(TelemetryNames.ToolCalls, "{call}", "Calls of cognitive tools.");
    private static readonly Counter<long> Positions = Meter.CreateCounter<long>(TelemetryNames.Positions, "{position}", "Rows through the network that solves needed.");

    public static Activity? StartSolve(ReasonerSpec spec, Question question)
    {
        if (!Spans.HasListeners() || Spans.StartActivity($"{TelemetryNames.SolveSpan} {spec.Kind}") is not { } span)
            return null;
        return span.SetTag(TelemetryNames.Reasoner, spec.Kind)
            .SetTag(TelemetryNames.Spec, spec.ToString())
            .SetTag(TelemetryNames.Question, question.Id);
    }

    public static void EndSolve(Activity? span, ReasonerSpec spec, Reasoning reasoning)
    {
        var stop = reasoning.Stop.ToString();
        if (Solves.Enabled)
            Solves.Add(1, new(TelemetryNames.Reasoner, spec.Kind), new(TelemetryNames.Stop, stop));
        if (Positions.Enabled)
        {
            foreach (var (kind, count) in Kinds(reasoning.Usage))
            {
                if (count > 0)
                    Positions.Add(count, new(TelemetryNames.Reasoner, spec.Kind), new(TelemetryNames.PositionKind, kind));
            }
        }

        span?.SetTag(TelemetryNames.Stop, stop).SetTag(TelemetryNames.SpentPositions, Known(reasoning.Usage));
        if (reasoning.Stop == StopReason.Failed)
            span?.SetTag(TelemetryNames.ErrorType, stop).SetStatus(ActivityStatusCode.Error, reasoning.Error);
    }

    /// <param name="content">Whether arguments are to be in the span.</param>
    /// <param name="request">The call.</param>
    public static Activity? StartCall(ToolRequest request, bool content)
    {
        if (!Spans.HasListeners() || Spans.StartActivity($"{TelemetryNames.ToolSpan} {request.Tool.Name}") is not { } span)
            return null;
        span.SetTag(TelemetryNames.Operation, TelemetryNames.ToolSpan)
            .SetTag(TelemetryNames.ToolName, request.Tool.Name)
            .SetTag(TelemetryNames.ToolDescription, request.Tool.Description)
            .SetTag(TelemetryNames.ToolType, "function");
        if (content)
            span.SetTag(TelemetryNames.ToolArguments, ArgumentJson.Write(request.Arguments));
        return span;
    }

    public static void EndCall(Activity? span, CognitiveTool tool, CallResult result, bool content)
    {
        Count(tool, result.Outcome);
        if (span is null)
            return;
        span.SetTag(TelemetryNames.Outcome, result.Outcome.ToString()).SetTag(TelemetryNames.SpentPositions, Known(result.Usage));
        if (content)
            span.SetTag(TelemetryNames.ToolResult, result.Text);
        if (!result.HasOutput)
            span.SetTag(TelemetryNames.ErrorType, result.Outcome.ToString()).SetStatus(ActivityStatusCode.Error, result.Reason);
    }

    /// <summary>Counts a call; one that never reached a model is counted by whoever refused it.</summary>
    /// <param name="tool">The tool; <see langword="null"/> when there is none of the name asked for.</param>
    /// <param name="outcome">What came of it.</param>
    public static void Count(CognitiveTool? tool, CallOutcome outcome)
    {
        if (ToolCalls.Enabled)
            ToolCalls.Add(1, new(TelemetryNames.ToolName, tool?.Name ?? TelemetryNames.OtherTool), new(TelemetryNames.Outcome, outcome.ToString()));
    }

    // A tag without a value is not set.
    private static long? Known(Usage usage) => usage.Incomplete ? null : usage.Positions;

    private static (string Kind, long Count)[] Kinds(Usage usage) =>
    [
        ("prompt", usage.Prompt),
        ("generated", usage.Generated),
        ("latent", usage.Latent),
        ("tool_prompt", usage.ToolPrompt),
        ("tool_generated", usage.ToolGenerated),
        ("discarded", usage.Discarded),
    ];
}
