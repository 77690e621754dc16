using System.Globalization;
using CognitiveTools.Calls;
using CognitiveTools.Prompts;
using CognitiveTools.Tools;
using Microsoft.SemanticKernel;

namespace CognitiveTools.SemanticKernel.Plugins;

/// <summary>
/// A cognitive tool as a kernel function: an isolated call on the kernel's model. No kernel template touches the arguments,
/// so mathematics arrives byte for byte. The value is the tool's text, or one line that begins with <c>error:</c>; outcome
/// and usage are in the result's metadata (<see cref="ResultMetadata"/>).
/// </summary>
internal sealed class CognitiveToolFunction(CognitiveTool tool, PromptProfile profile)
{
    private KernelFunction? _function;

    public static KernelFunction Create(CognitiveTool tool, PromptProfile profile)
    {
        var host = new CognitiveToolFunction(tool, profile);
        return host._function = KernelFunctionFactory.CreateFromMethod(host.InvokeAsync, PluginJson.Default.Options,
            new KernelFunctionFromMethodOptions
            {
                FunctionName = tool.Name,
                Description = tool.Description,
                Parameters = Parameters(tool),
                ReturnParameter = new KernelReturnParameterMetadata(PluginJson.Default.Options)
                {
                    Description = "The tool's report, to be weighed as data.",
                    ParameterType = typeof(string),
                },
            });
    }

    private async Task<FunctionResult> InvokeAsync(Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken)
    {
        var call = ToolCallSettings.CallOf(arguments)
            ?? ToolCall.Read(tool, profile, name => arguments.TryGetValue(name, out var value) ? value : null);
        return Wrap(call.Refusal is null ? await KernelModel.Of(kernel).InvokeAsync(call, cancellationToken) : call.Refuse());
    }

    private FunctionResult Wrap(CallResult result) => new(
        _function!,
        result.ToText(),
        CultureInfo.InvariantCulture,
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [ResultMetadata.Outcome] = result.Outcome.ToString(),
            [ResultMetadata.Result] = result,
        });

    private static List<KernelParameterMetadata> Parameters(CognitiveTool tool)
    {
        var properties = tool.Schema.GetProperty("properties");
        return [.. tool.Parameters.Select(p => new KernelParameterMetadata(p.Name, PluginJson.Default.Options)
        {
            Description = p.Description,
            IsRequired = p.IsRequired,
            DefaultValue = p.Default,
            ParameterType = typeof(string),
            Schema = KernelJsonSchema.Parse(properties.GetProperty(p.Name).GetRawText()),
        })];
    }
}
