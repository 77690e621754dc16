namespace CognitiveTools.Telemetry;

/// <summary>
/// Names of everything the toolkit reports. A host listens with <c>AddSource(TelemetryNames.Source)</c> and
/// <c>AddMeter(TelemetryNames.Source)</c>. Spans and metrics of the chat model itself, under the same source, are those of
/// Microsoft.Extensions.AI (OpenTelemetry's conventions for generative AI); ours nest around them.
/// </summary>
public static class TelemetryNames
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Source = "CognitiveTools";

    /// <summary>Span of one solve; the reasoner's kind follows after a space.</summary>
    public const string SolveSpan = "solve";

    /// <summary>Span of one tool call, as the conventions name it; the tool's name follows after a space.</summary>
    public const string ToolSpan = "execute_tool";

    /// <summary>Counter of solves, by reasoner and stop reason.</summary>
    public const string Solves = "cognitive_tools.solves";

    /// <summary>Counter of tool calls, by tool and outcome; refused ones included.</summary>
    public const string ToolCalls = "cognitive_tools.tool_calls";

    /// <summary>Counter of positions that solves spent, by reasoner and kind.</summary>
    public const string Positions = "cognitive_tools.positions";

    /// <summary>Attribute of the conventions: the operation.</summary>
    public const string Operation = "gen_ai.operation.name";

    /// <summary>Attribute of the conventions: the tool's name.</summary>
    public const string ToolName = "gen_ai.tool.name";

    /// <summary>Attribute of the conventions: the tool's description.</summary>
    public const string ToolDescription = "gen_ai.tool.description";

    /// <summary>Attribute of the conventions: <c>function</c>.</summary>
    public const string ToolType = "gen_ai.tool.type";

    /// <summary>Attribute of the conventions, content: the arguments as JSON. Only where content was asked for.</summary>
    public const string ToolArguments = "gen_ai.tool.call.arguments";

    /// <summary>Attribute of the conventions, content: the text handed back. Only where content was asked for.</summary>
    public const string ToolResult = "gen_ai.tool.call.result";

    /// <summary>Attribute of the conventions: what went wrong, from a small set.</summary>
    public const string ErrorType = "error.type";

    /// <summary>Attribute: a call's <c>CallOutcome</c>.</summary>
    public const string Outcome = "cognitive_tools.outcome";

    /// <summary>Attribute: the reasoner's kind, for instance <c>tools</c>.</summary>
    public const string Reasoner = "cognitive_tools.reasoner";

    /// <summary>Attribute of a span: the reasoner's whole spec.</summary>
    public const string Spec = "cognitive_tools.reasoner.spec";

    /// <summary>Attribute of a span: the question's id.</summary>
    public const string Question = "cognitive_tools.question.id";

    /// <summary>Attribute: a solve's <c>StopReason</c>.</summary>
    public const string Stop = "cognitive_tools.stop";

    /// <summary>Attribute: what positions were spent on: <c>prompt</c>, <c>generated</c>, <c>latent</c>, <c>tool_prompt</c>,
    /// <c>tool_generated</c> or <c>discarded</c>.</summary>
    public const string PositionKind = "cognitive_tools.position.kind";

    /// <summary>Attribute of a span: positions in all.</summary>
    public const string SpentPositions = "cognitive_tools.positions";

    /// <summary>The tool's name where the model asked for one that does not exist: its own words would be without number.</summary>
    public const string OtherTool = "_OTHER";
}
