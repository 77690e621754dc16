using System.Text.Json;
using CognitiveTools.Calls;
using CognitiveTools.Prompts;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Functions;

/// <summary>
/// A cognitive tool as a function of Microsoft.Extensions.AI: name, description and schema are the tool's own. Its value is
/// the tool's text, or one line that begins with <c>error:</c>, which the calling model can read and correct. Thread-safe.
/// </summary>
public sealed class CognitiveToolFunction : AIFunction
{
    private readonly CognitiveTool _tool;
    private readonly PromptProfile _profile;
    private readonly IToolInvoker _invoker;

    internal CognitiveToolFunction(CognitiveTool tool, PromptProfile profile, IToolInvoker invoker)
    {
        (_tool, _profile, _invoker) = (tool, profile, invoker);
        JsonSchema = tool.Schema;
    }

    /// <inheritdoc/>
    public override string Name => _tool.Name;

    /// <inheritdoc/>
    public override string Description => _tool.Description;

    /// <inheritdoc/>
    public override JsonElement JsonSchema { get; }

    /// <summary>Calls the tool, for hosts that want outcome and usage as well as the text.</summary>
    /// <param name="arguments">Values by parameter name; one that the schema does not know is refused.</param>
    /// <param name="cancellationToken">The caller's cancellation.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<CallResult> CallAsync(IReadOnlyDictionary<string, object?> arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var unknown = arguments.Keys.Where(name => _tool.Parameter(name) is null).Order(StringComparer.Ordinal).ToList();
        var call = ToolCall.Read(_tool, _profile, arguments.GetValueOrDefault);
        if (unknown.Count > 0)
            call = call with
            {
                Refusal = $"{Name} has no argument '{string.Join("', '", unknown)}'; it has: "
                + $"{string.Join(", ", _tool.Parameters.Select(p => p.Name))}"
            };
        return call.Refusal is null ? await _invoker.InvokeAsync(call, cancellationToken) : call.Refuse();
    }

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return (await CallAsync(arguments, cancellationToken)).ToText();
    }
}
