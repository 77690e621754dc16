namespace CognitiveTools.SemanticKernel.Plugins;

/// <summary>Names under which a tool's <c>FunctionResult</c> carries more than text.</summary>
public static class ResultMetadata
{
    /// <summary>Key of a function result's metadata: the <see cref="Calls.CallOutcome"/> by name.</summary>
    public const string Outcome = "cognitive_tools.outcome";

    /// <summary>Key of a function result's metadata: the whole <see cref="Calls.CallResult"/>, with usage and notes.</summary>
    public const string Result = "cognitive_tools.result";
}
