using CognitiveTools.Calls;
using CognitiveTools.SemanticKernel.Plugins;
using Microsoft.SemanticKernel;

namespace CognitiveTools.SemanticKernel.Invoking;

/// <summary>
/// Reaches tools through <c>kernel.InvokeAsync</c> on the plugin's functions, so that a host's function filters see every
/// call, and what an evaluation measures is what a kernel application runs. Budgets and isolation stay in the core.
/// </summary>
/// <param name="kernel">A kernel that holds the plugin <see cref="CognitiveToolsPlugin"/>.</param>
public sealed class KernelToolInvoker(Kernel kernel) : IToolInvoker
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The kernel does not hold the tool.</exception>
    public async Task<CallResult> InvokeAsync(ToolRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!kernel.Plugins.TryGetFunction(CognitiveToolsPlugin.Name, request.Tool.Name, out var function))
            throw new InvalidOperationException($"The kernel has no function '{request.Tool.Name}' in the plugin '{CognitiveToolsPlugin.Name}'. Add it by kernel.Plugins.AddCognitiveTools(...) with the catalog that holds the tool.");

        var arguments = new KernelArguments { [ResultMetadata.Request] = request };
        foreach (var (name, value) in request.Arguments)
            arguments[name] = value;
        try
        {
            return Read(await kernel.InvokeAsync(function, arguments, cancellationToken));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CallResult(CallOutcome.Refused, "") { Reason = "a kernel filter cancelled the call" };
        }
    }

    private static CallResult Read(FunctionResult result)
    {
        // Not GetValue<string>: a filter may have put any object there.
        var text = result.GetValue<object>()?.ToString() ?? "";
        if (result.Metadata is null || !result.Metadata.TryGetValue(ResultMetadata.Result, out var made) || made is not CallResult call)
            return new CallResult(CallOutcome.Answered, text) { Notes = ["a kernel filter supplied the result; what it cost is unknown"] };
        return !call.HasOutput || string.Equals(call.Text, text, StringComparison.Ordinal)
            ? call
            : call with { Text = text, Notes = [.. call.Notes, "a kernel filter replaced the output"] };
    }
}
