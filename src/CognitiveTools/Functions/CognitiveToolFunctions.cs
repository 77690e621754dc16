using CognitiveTools.Calls;
using CognitiveTools.Prompts;
using CognitiveTools.Tools;

namespace CognitiveTools.Functions;

/// <summary>Makes the tools of a catalog available to anything that takes <c>AIFunction</c>s.</summary>
public static class CognitiveToolFunctions
{
    /// <summary>One function per tool, in the catalog's order.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="profile">Their prompts.</param>
    /// <param name="invoker">What runs them, for instance an <see cref="IsolatedCall"/> on the same model.</param>
    /// <exception cref="InvalidDataException">A tool's prompt is missing or does not fit its parameters.</exception>
    public static IReadOnlyList<CognitiveToolFunction> Create(ToolCatalog tools, PromptProfile profile, IToolInvoker invoker)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(invoker);
        tools.Check(profile);
        return [.. tools.Tools.Select(tool => new CognitiveToolFunction(tool, profile, invoker))];
    }
}
