using System.Text.Json;
using System.Text.RegularExpressions;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Runs;

/// <summary>Says in words why a file of a run, or a line of one, cannot be read.</summary>
internal static partial class RunFault
{
    private const string Version = "v";

    /// <summary>The exception for content that the serializer refused.</summary>
    /// <param name="refusal">What the serializer threw.</param>
    /// <param name="json">The content.</param>
    /// <param name="place">The file, or file and line.</param>
    /// <param name="what">What the content should be: "a run header".</param>
    /// <param name="known">The newest version of it that this program reads.</param>
    /// <param name="remedy">What to do.</param>
    public static InvalidDataException Of(
        JsonException refusal, ReadOnlyMemory<byte> json, string place, string what, int known, string remedy)
    {
        if (json.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            return new($"{place}: the file is empty, so it is not {what}. {remedy}", refusal);
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return new($"{place}: it holds {Kind(root)}, so it is not {what}. {remedy}", refusal);
            if (root.TryGetProperty(Version, out var version) && version.ValueKind == JsonValueKind.Number
                && version.TryGetInt64(out var number) && number > known)
                return Newer(place, number, known);
            return new($"{place}: it is not {what}: {Words(refusal)} {remedy}", refusal);
        }
        catch (JsonException syntax)
        {
            var at = syntax.LineNumber is { } line and > 0 ? $" from line {line + 1} on" : "";
            return new($"{place}: it is not {what}: the text is not valid JSON{at}. {remedy}", refusal);
        }
    }

    /// <summary>The exception for content of a newer program.</summary>
    public static InvalidDataException Newer(string place, long version, int known) =>
        new($"{place}: key '{Version}' is {version}, this program reads up to {known}. Use a newer cogtools.");

    // The serializer's own messages name .NET types; those of our converters and checks stay as they are.
    private static string Words(JsonException refusal)
    {
        var message = refusal.Message;
        if (message.IndexOf(" Path: $", StringComparison.Ordinal) is > 0 and var end)
            message = message[..end];
        var key = refusal.Path is { Length: > 2 } path ? $"The key '{TerminalText.Excerpt(path.TrimStart('$', '.'))}'" : "It";
        if (Missing().Match(message) is { Success: true } missing)
            return $"{key} lacks {missing.Groups["names"].Value.TrimEnd('.')}.";
        if (Twice().Match(message) is { Success: true } twice)
            return $"The key '{TerminalText.Excerpt(twice.Groups["name"].Value)}' is there twice.";
        return message.Contains("could not be converted", StringComparison.Ordinal) || NamesType().IsMatch(message)
            ? $"{key} has a value of another kind."
            : message;
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    [GeneratedRegex("required properties[^:]*: (?<names>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Missing();

    [GeneratedRegex("Duplicate property '(?<name>[^']*)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Twice();

    [GeneratedRegex("CognitiveTools\\.|System\\.|TokenType", RegexOptions.ExplicitCapture)]
    private static partial Regex NamesType();
}
