using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop;

/// <summary>Describes the tools to the model, with an example call, in the requested style.</summary>
internal static class ToolDescriptions
{
    /// <summary>One line per tool. Parameters that the host supplies are left out.</summary>
    public static string Render(IReadOnlyList<CognitiveTool> tools, ToolLoopOptions options) =>
        string.Join('\n', tools.Select(t => $"- {Signature(t, options)}: {t.Description}"));

    /// <summary>An example call: of the first tool with a required parameter that the model writes, else of the first tool.</summary>
    public static string Example(IReadOnlyList<CognitiveTool> tools, ToolLoopOptions options)
    {
        var tool = tools.FirstOrDefault(t => Shown(t, options).Any(p => p.IsRequired)) ?? tools[0];
        var required = Shown(tool, options).Where(p => p.IsRequired).Select(p => p.Name).ToList();
        return options.Style == CallStyle.Python
            ? $"print({tool.Name}({{{string.Join(", ", required.Select(p => $"'{p}': '...'"))}}}))"
            : $"<call>{{\"tool\":\"{tool.Name}\",\"args\":{{{string.Join(',', required.Select(p => $"\"{p}\":\"...\""))}}}}}</call>";
    }

    private static string Signature(CognitiveTool tool, ToolLoopOptions options) => options.Style == CallStyle.Python
        ? $"{tool.Name}({{{string.Join(", ", Shown(tool, options).Select(p => $"'{p.Name}'{Optional(p)}"))}}})"
        : $"{tool.Name}({string.Join(", ", Shown(tool, options).Select(p => p.Name + Optional(p)))})";

    private static string Optional(ToolParameter parameter) => parameter.IsRequired ? "" : "?";

    /// <summary>The tools as declarations for a client that makes native function calls.</summary>
    public static IList<AITool> Declare(IReadOnlyList<CognitiveTool> tools, ToolLoopOptions options) =>
        [.. tools.Select(t => AIFunctionFactory.CreateDeclaration(t.Name, t.Description, CognitiveTool.SchemaOf(Shown(t, options))))];

    private static IEnumerable<ToolParameter> Shown(CognitiveTool tool, ToolLoopOptions options) =>
        tool.Parameters.Where(p => options.Binding == QuestionBinding.Model || !p.IsQuestion);
}
