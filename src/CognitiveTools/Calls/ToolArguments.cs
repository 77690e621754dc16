using System.Globalization;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Telemetry;
using CognitiveTools.Tools;

namespace CognitiveTools.Calls;

/// <summary>
/// The arguments of a call as a host handed them over (a kernel, a function-calling chat client, a protocol), read against
/// the tool's parameters. Every host reads them here, so a wrong argument gets the same words everywhere.
/// </summary>
/// <param name="Values">A text for each parameter that was given.</param>
/// <param name="Refusal">Why the call cannot be made, in words for the calling model; <see langword="null"/> when it can.</param>
public sealed record ToolArguments(IReadOnlyDictionary<string, string> Values, string? Refusal)
{
    /// <summary>Reads the parameters of a tool, one by one.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="valueOf">
    /// The value given for a parameter's name: text, a number, a <see cref="System.Text.Json.JsonElement"/>;
    /// <see langword="null"/> or white space for none.
    /// </param>
    public static ToolArguments Read(CognitiveTool tool, Func<string, object?> valueOf)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ArgumentNullException.ThrowIfNull(valueOf);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in tool.Parameters)
        {
            var text = Convert.ToString(valueOf(parameter.Name), CultureInfo.InvariantCulture);
            if (string.IsNullOrWhiteSpace(text))
            {
                if (parameter.IsRequired)
                    return Refused($"{tool.Name} needs the argument '{parameter.Name}': {parameter.Description}");
                continue;
            }

            if (!parameter.Accepts(text))
                return Refused($"the argument '{parameter.Name}' of {tool.Name} must be of type {parameter.Type}");
            values.Add(parameter.Name, text);
        }

        return new ToolArguments(values, Refusal: null);
    }

    /// <summary>Arguments that cannot be used.</summary>
    /// <param name="reason">See <see cref="Refusal"/>.</param>
    public static ToolArguments Refused(string reason) => new(new Dictionary<string, string>(StringComparer.Ordinal), reason);

    /// <summary>The call with these arguments. A host gives no seed, so the same arguments get the same one.</summary>
    /// <exception cref="InvalidOperationException">The arguments were refused.</exception>
    public ToolRequest ToRequest(CognitiveTool tool, PromptProfile profile) => Refusal is null
        ? new ToolRequest(tool, Values, profile) { Seed = SeedOf(Values.Values) }
        : throw new InvalidOperationException($"The call cannot be made: {Refusal}. Hand the refusal back instead.");

    /// <summary>Refuses the call that these arguments do not allow; it is counted as one.</summary>
    /// <returns>The result to hand back.</returns>
    public CallResult Refuse(CognitiveTool tool)
    {
        ToolkitTelemetry.Count(tool, CallOutcome.Refused);
        return new CallResult(CallOutcome.Refused, "") { Reason = Refusal };
    }

    private static int SeedOf(IEnumerable<string> values)
    {
        var seed = 0;
        foreach (var c in string.Join('\0', values))
            seed = Seeds.Derive(seed, c);
        return seed;
    }
}
