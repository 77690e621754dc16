using CognitiveTools.Calls;
using CognitiveTools.SemanticKernel.Plugins;
using Microsoft.SemanticKernel;

namespace CognitiveTools.SemanticKernel.Invoking;

/// <summary>
/// Calls tools with <c>kernel.InvokeAsync</c> on the plugin's functions, so that a host's function filters see every call, and
/// evaluations measure the same path that a kernel application runs. Budgets and isolation stay in the core.
/// </summary>
/// <param name="kernel">A kernel with the plugin <see cref="CognitiveToolsPlugin"/>.</param>
internal sealed class KernelToolInvoker(Kernel kernel) : IToolInvoker
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The kernel does not have the tool.</exception>
    public async Task<CallResult> InvokeAsync(ToolCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (!kernel.Plugins.TryGetFunction(CognitiveToolsPlugin.Name, call.Tool.Name, out var function))
            throw new InvalidOperationException(
                $"The kernel has no function '{call.Tool.Name}' in the plugin '{CognitiveToolsPlugin.Name}'. "
                + "Add it with kernel.Plugins.AddCognitiveTools(...) with the catalog that holds the tool.");

        try
        {
            return Read(await kernel.InvokeAsync(function, ToolCallSettings.ToArguments(call), cancellationToken));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CallResult(CallOutcome.Refused, "") { Reason = "a kernel filter cancelled the call" };
        }
    }

    private static CallResult Read(FunctionResult returned)
    {
        // Not GetValue<string>: a filter may have put any object there.
        var text = returned.GetValue<object>()?.ToString() ?? "";
        if (returned.Metadata is null || !returned.Metadata.TryGetValue(ResultMetadata.Result, out var made)
            || made is not CallResult result)
            return new CallResult(CallOutcome.Answered, text) { Notes = ["a kernel filter supplied the result; its cost is unknown"] };
        return !result.HasOutput || string.Equals(result.Text, text, StringComparison.Ordinal)
            ? result
            : result with { Text = text, Notes = [.. result.Notes, "a kernel filter replaced the output"] };
    }
}
