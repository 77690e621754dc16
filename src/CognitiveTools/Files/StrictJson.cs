using System.Text.Json;
using CognitiveTools.Text;

namespace CognitiveTools.Files;

/// <summary>
/// Reads JSON that somebody else wrote. A key that stands twice in an object is refused, since only one of its values would
/// count, and so is half of a surrogate pair, which is JSON and yet no text; what is returned can be read without exceptions.
/// </summary>
internal static class StrictJson
{
    private const int MostOfAMessage = 300;
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Parses a document.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="line">Number of the text's first line in it.</param>
    /// <exception cref="InvalidDataException">The text cannot be used; the message names file and line.</exception>
    public static JsonDocument Parse(string text, string file, int line = 1)
    {
        ArgumentNullException.ThrowIfNull(text);
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(text, Options);
            if (text.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
                Read(document.RootElement);
            return document;
        }
        catch (JsonException exception)
        {
            var at = line + (exception.LineNumber ?? 0);
            throw new InvalidDataException(
                $"{file}:{at}: not valid JSON: {TerminalText.Excerpt(exception.Message, MostOfAMessage)}", exception);
        }
        catch (InvalidOperationException exception)
        {
            document?.Dispose();
            throw new InvalidDataException(
                $"{file}:{line}: {exception.Data[Place] ?? "a key"} holds half of a surrogate pair (\\ud800 to \\udfff), which is not a "
                    + "character. Write the whole pair, or leave it out.", exception);
        }
    }

    private const string Place = "place";

    private static void Read(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Read(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                    Read(property);
                break;
        }
    }

    private static void Read(JsonProperty property)
    {
        var name = property.Name;
        try
        {
            Read(property.Value);
        }
        catch (InvalidOperationException exception) when (!exception.Data.Contains(Place))
        {
            exception.Data[Place] = $"key '{TerminalText.Excerpt(name)}'";
            throw;
        }
    }
}
