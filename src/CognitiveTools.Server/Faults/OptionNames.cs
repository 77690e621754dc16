using System.Text.RegularExpressions;

namespace CognitiveTools.Server.Faults;

/// <summary>
/// Chat clients name the options of <c>ChatOptions</c> in their messages; callers of the server know the parameters of the protocol.
/// </summary>
internal static partial class OptionNames
{
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["AllowMultipleToolCalls"] = "parallel_tool_calls",
        ["MaxOutputTokens"] = "max_tokens",
        ["Reasoning"] = "reasoning_effort",
        ["ResponseFormat"] = "response_format",
        ["Seed"] = "seed",
        ["StopSequences"] = "stop",
        ["Temperature"] = "temperature",
        ["ToolMode"] = "tool_choice",
        ["Tools"] = "tools",
        ["TopP"] = "top_p",
    };

    /// <summary>The first parameter that a message is about; <see langword="null"/> when it names none.</summary>
    public static string? ParameterIn(string message) => Option().Matches(message)
        .Select(static match => Parameters.GetValueOrDefault(match.Groups["name"].Value))
        .FirstOrDefault(static parameter => parameter is not null);

    /// <summary>The message with the names of parameters.</summary>
    public static string Replace(string message) => Option().Replace(message, static match =>
        Parameters.TryGetValue(match.Groups["name"].Value, out var parameter) ? $"'{parameter}'" : match.Value);

    [GeneratedRegex(@"\bChatOptions\.(?<name>[A-Za-z]+)(\.[A-Z][A-Za-z]*)*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Option();
}
