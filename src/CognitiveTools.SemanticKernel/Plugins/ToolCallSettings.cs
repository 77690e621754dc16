using CognitiveTools.Calls;
using CognitiveTools.Tools;
using Microsoft.SemanticKernel;

namespace CognitiveTools.SemanticKernel.Plugins;

/// <summary>
/// The kernel's shape of a tool call: the arguments are the kernel's, which filters may read and change; the call itself, with the
/// seed, limits and prompts that no filter has to know, travels as execution settings.
/// </summary>
internal sealed class ToolCallSettings(ToolCall call) : PromptExecutionSettings
{
    /// <summary>The arguments of a call through the kernel.</summary>
    public static KernelArguments ToArguments(ToolCall call)
    {
        var arguments = new KernelArguments(new ToolCallSettings(call));
        foreach (var (name, value) in call.Arguments)
            arguments[name] = value;
        return arguments;
    }

    /// <summary>The call that arguments were made from; its own are read again only when a filter has changed them.</summary>
    /// <returns><see langword="null"/> for arguments that come from elsewhere.</returns>
    public static ToolCall? CallOf(KernelArguments arguments) =>
        arguments.ExecutionSettings?.Values.OfType<ToolCallSettings>().FirstOrDefault() is { } settings
            ? settings.CallWith(arguments) : null;

    private ToolCall CallWith(KernelArguments arguments)
    {
        if (call.Tool.Parameters.All(parameter => IsUnchanged(parameter, arguments)))
            return call;
        var changed = ToolCall.Read(call.Tool, call.Profile, name => arguments.TryGetValue(name, out var value) ? value : null);
        return call with { Arguments = changed.Arguments, Refusal = changed.Refusal };
    }

    private bool IsUnchanged(ToolParameter parameter, KernelArguments arguments) =>
        arguments.TryGetValue(parameter.Name, out var value)
            ? value is string text && text == call.Arguments.GetValueOrDefault(parameter.Name)
            : !call.Arguments.ContainsKey(parameter.Name);
}
