using System.Collections.ObjectModel;
using CognitiveTools.Calls;
using CognitiveTools.Prompts;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop;

/// <summary>What every solve of a loop shares.</summary>
internal sealed record LoopParts(
    IChatClient Client, IToolInvoker Invoker, PromptProfile Profile, IReadOnlyList<CognitiveTool> Tools, ToolLoopOptions Options, TimeProvider Time)
{
    public const string ObservationPrompt = "observation";
    public const string ForcedPrompt = "forced";

    public static IReadOnlyDictionary<string, string> NoValues { get; } = ReadOnlyDictionary<string, string>.Empty;

    public string OpeningPrompt => Options.Style == CallStyle.Python ? "loop_python" : "loop";
}
