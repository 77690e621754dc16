using System.Globalization;
using CognitiveTools.Calls;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
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
        return host._function = KernelFunctionFactory.CreateFromMethod(host.InvokeAsync, PluginJson.Default.Options, new KernelFunctionFromMethodOptions
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
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in tool.Parameters)
        {
            var text = arguments.TryGetValue(parameter.Name, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
            if (!string.IsNullOrWhiteSpace(text))
                values.Add(parameter.Name, text);
            else if (parameter.IsRequired)
                return Wrap(new CallResult(CallOutcome.Refused, "") { Reason = $"{tool.Name} needs the argument '{parameter.Name}': {parameter.Description}" });
        }

        var request = arguments.TryGetValue(ResultMetadata.Request, out var given) && given is ToolRequest made
            ? made with { Arguments = values }
            : new ToolRequest(tool, values, profile) { Seed = SeedOf(values) };
        return Wrap(await KernelModel.Of(kernel).InvokeAsync(request, cancellationToken));
    }

    private FunctionResult Wrap(CallResult result) => new(
        _function!,
        result.HasOutput ? result.Text : $"error: {result.Reason}",
        CultureInfo.InvariantCulture,
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [ResultMetadata.Outcome] = result.Outcome.ToString(),
            [ResultMetadata.Result] = result,
        });

    // A host that gives no seed gets the same one for the same arguments.
    private static int SeedOf(Dictionary<string, string> values)
    {
        var seed = 0;
        foreach (var c in string.Join('\0', values.Values))
            seed = Seeds.Derive(seed, c);
        return seed;
    }

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
