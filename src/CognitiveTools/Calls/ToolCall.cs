using System.Globalization;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Calls;

/// <summary>
/// One call of a tool, its arguments read and checked against the tool's parameters. The tool loop and every host (a kernel, a
/// function-calling chat client, a protocol) make it with
/// <see cref="Read(CognitiveTool, PromptProfile, Func{string, object?})"/>, so a wrong argument gets the same message everywhere.
/// </summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">A text for each required parameter; optional ones may be absent.</param>
/// <param name="Profile">Where the tool's prompt is from.</param>
public sealed record ToolCall(CognitiveTool Tool, IReadOnlyDictionary<string, string> Arguments, PromptProfile Profile)
{
    private const int LongestQuote = 60;

    /// <summary>Why the call is refused, worded for the calling model; <see langword="null"/> for a valid call.</summary>
    public string? Refusal { get; init; }

    /// <summary>The call's own seed.</summary>
    public int Seed { get; init; }

    /// <summary>Tokens left in the caller's budget; <see langword="null"/> to apply only the tool's own limit.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>How the model thinks before it writes the output, which the tool's own limit of tokens does not count.</summary>
    internal ThoughtSettings Thinking { get; init; } = ThoughtSettings.None;

    /// <summary>Thought tokens left in the caller's budget.</summary>
    internal long ThoughtTokens { get; init; } = Budget.Default.ThoughtTokens;

    /// <summary>
    /// Messages that come before the call's own: the ablation of isolation. <see
    /// langword="null"/> for an isolated call, which sees only its arguments.
    /// </summary>
    public IReadOnlyList<ChatMessage>? Context { get; init; }

    /// <summary>
    /// Wall time left in the caller's budget; <see langword="null"/> to apply only the tool's own limit.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The caller's sampling; a temperature in the tool's file replaces its temperature.</summary>
    internal SamplingSettings Sampling { get; init; } = SamplingSettings.None;

    /// <summary>
    /// Reads the parameters of a tool. The seed is derived from the arguments: equal arguments get the same seed.
    /// </summary>
    /// <param name="tool">The tool.</param>
    /// <param name="profile">Where the tool's prompt is from.</param>
    /// <param name="valueOf">
    /// The value given for a parameter's name: text, a number, a <see cref="System.Text.Json.JsonElement"/>;
    /// <see langword="null"/> or white space when there is none. Asked once for each parameter, in order.
    /// </param>
    /// <returns>The call; <see cref="Refusal"/> is set when an argument is missing or of the wrong type.</returns>
    public static ToolCall Read(CognitiveTool tool, PromptProfile profile, Func<string, object?> valueOf) =>
        Read(tool, profile, valueOf, quotesWrongValues: false);

    internal static ToolCall Read(CognitiveTool tool, PromptProfile profile, Func<string, object?> valueOf, bool quotesWrongValues)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(valueOf);
        var arguments = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        string? refusal = null;
        foreach (var parameter in tool.Parameters)
        {
            var text = Convert.ToString(valueOf(parameter.Name), CultureInfo.InvariantCulture);
            if (string.IsNullOrWhiteSpace(text))
            {
                if (!parameter.IsRequired)
                    continue;
                refusal = $"{tool.Name} needs the argument '{parameter.Name}': {parameter.Description}";
                break;
            }

            if (!parameter.Accepts(text))
            {
                var quote = quotesWrongValues ? $", not '{Shorten(text)}'" : "";
                refusal = $"the argument '{parameter.Name}' of {tool.Name} must be of type {parameter.Type}{quote}";
                break;
            }

            arguments.Add(parameter.Name, text);
        }

        return new ToolCall(tool, arguments, profile) { Refusal = refusal, Seed = SeedOf(arguments.Values) };
    }

    /// <summary>The arguments as a JSON object. Two calls are equal when this text and the tool's name are.</summary>
    internal string ArgumentsAsJson() => JsonText.Write(json =>
    {
        json.WriteStartObject();
        foreach (var (name, value) in Arguments)
            json.WriteString(name, value);
        json.WriteEndObject();
    });

    /// <summary>The result of a refused call, which is counted.</summary>
    internal CallResult Refuse()
    {
        CallTelemetry.Count(Tool, CallOutcome.Refused);
        return new CallResult(CallOutcome.Refused, "") { Reason = Refusal };
    }

    internal static string Shorten(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "...";

    private static int SeedOf(IEnumerable<string> values)
    {
        var seed = 0;
        foreach (var c in string.Join('\0', values))
            seed = Seeds.Derive(seed, c);
        return seed;
    }
}
