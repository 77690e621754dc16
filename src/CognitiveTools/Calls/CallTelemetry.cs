using System.Diagnostics;
using CognitiveTools.Telemetry;
using CognitiveTools.Tools;

namespace CognitiveTools.Calls;

/// <summary>The spans and counters of tool calls.</summary>
internal static class CallTelemetry
{
    /// <param name="call">The call.</param>
    /// <param name="content">Whether arguments are to be in the span.</param>
    public static Activity? Start(ToolCall call, bool content)
    {
        if (ToolkitTelemetry.StartSpan($"{TelemetryNames.ToolSpan} {call.Tool.Name}") is not { } span)
            return null;
        span.SetTag(TelemetryNames.Operation, TelemetryNames.ToolSpan)
            .SetTag(TelemetryNames.ToolName, call.Tool.Name)
            .SetTag(TelemetryNames.ToolDescription, call.Tool.Description)
            .SetTag(TelemetryNames.ToolType, "function");
        if (content)
            span.SetTag(TelemetryNames.ToolArguments, call.ArgumentsAsJson());
        return span;
    }

    public static void End(Activity? span, CognitiveTool tool, CallResult result, bool content)
    {
        Count(tool, result.Outcome);
        if (span is null)
            return;
        span.SetTag(TelemetryNames.Outcome, result.Outcome.ToString())
            .SetTag(TelemetryNames.SpentPositions, result.Usage.Incomplete ? null : result.Usage.Positions); // null sets no tag
        if (content)
            span.SetTag(TelemetryNames.ToolResult, result.Text);
        if (!result.HasOutput)
            span.SetTag(TelemetryNames.ErrorType, result.Outcome.ToString()).SetStatus(ActivityStatusCode.Error, result.Reason);
    }

    /// <summary>Counts a call; a refused call that never reached a model is counted where it is refused.</summary>
    /// <param name="tool">The tool; <see langword="null"/> when the host has no tool of the name asked for.</param>
    /// <param name="outcome">What came of it.</param>
    public static void Count(CognitiveTool? tool, CallOutcome outcome)
    {
        if (!ToolkitTelemetry.ToolCalls.Enabled)
            return;
        ToolkitTelemetry.ToolCalls.Add(
            1, new(TelemetryNames.ToolName, tool?.Name ?? TelemetryNames.OtherTool), new(TelemetryNames.Outcome, outcome.ToString()));
    }
}
