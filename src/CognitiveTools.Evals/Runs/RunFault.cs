using System.Text.Json;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Runs;

/// <summary>Says in words why a file of a run, or a line of one, cannot be read.</summary>
internal static class RunFault
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
                return new($"{place}: it holds {JsonFault.KindOf(root)}, so it is not {what}. {remedy}", refusal);
            if (root.TryGetProperty(Version, out var version) && version.ValueKind == JsonValueKind.Number
                && version.TryGetInt64(out var number) && number > known)
                return Newer(place, number, known);
            return new($"{place}: it is not {what}: {JsonFault.Words(refusal)} {remedy}", refusal);
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
}
