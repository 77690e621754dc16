using System.Collections.ObjectModel;
using CognitiveTools.Calls;
using CognitiveTools.Prompts;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop;

/// <summary>What every solve of a loop shares.</summary>
internal sealed record LoopSetup(
    IChatClient Client, IToolInvoker Invoker, PromptProfile Profile, IReadOnlyList<CognitiveTool> Tools, ToolLoopOptions Options,
        TimeProvider Time)
{
    public const string ObservationPrompt = "observation";
    public const string ForcedPrompt = "forced";

    public static IReadOnlyDictionary<string, string> NoValues { get; } = ReadOnlyDictionary<string, string>.Empty;

    public string OpeningPrompt => OpeningOf(Options.Style);

    /// <summary>What a native-style client is given; empty in the other styles.</summary>
    public IList<AITool> Declarations { get; } = Options.Style == CallStyle.Native ? ToolMenu.Declare(Tools, Options) : [];

    /// <summary>The name of the prompt that opens a solve in a style.</summary>
    public static string OpeningOf(CallStyle style) => style switch
    {
        CallStyle.Native => "loop_native",
        CallStyle.Python => "loop_python",
        _ => "loop",
    };

    /// <summary>The opening of a solve. In the native style the client shows the tools; else a profile shows the tools in full or, to a
    /// model trained on them, by name only.</summary>
    public IReadOnlyList<ChatMessage> Open(string question)
    {
        var wanted = Profile.Placeholders(OpeningPrompt);
        var named = wanted.Contains("tool_names", StringComparer.Ordinal);
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["question"] = question };
        if (Options.Style == CallStyle.Native)
            return Profile.Render(OpeningPrompt, values);
        if (named)
            values["tool_names"] = string.Join(' ', Tools.Select(tool => tool.Name));
        if (!named || wanted.Contains("tools", StringComparer.Ordinal))
            values["tools"] = ToolMenu.Render(Tools, Options);
        if (!named || wanted.Contains("example", StringComparer.Ordinal))
            values["example"] = ToolMenu.Example(Tools, Options);
        return Profile.Render(OpeningPrompt, values);
    }
}
