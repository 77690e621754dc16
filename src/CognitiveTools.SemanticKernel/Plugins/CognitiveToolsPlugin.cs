using CognitiveTools.Prompts;
using CognitiveTools.Tools;
using Microsoft.SemanticKernel;

namespace CognitiveTools.SemanticKernel.Plugins;

/// <summary>The cognitive tools as one kernel plugin.</summary>
public static class CognitiveToolsPlugin
{
    /// <summary>The plugin's name.</summary>
    public const string Name = "cognitive_tools";

    /// <summary>Makes the plugin: one function per tool, named and described as in the tool's YAML.</summary>
    /// <exception cref="InvalidDataException">A tool's prompt is missing or does not fit its parameters.</exception>
    public static KernelPlugin Create(ToolCatalog tools, PromptProfile profile)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(profile);
        tools.Check(profile);
        return KernelPluginFactory.CreateFromFunctions(
            Name, "Cognitive tools: isolated calls of the same model.", tools.Tools.Select(t => CognitiveToolFunction.Create(t, profile)));
    }
}
