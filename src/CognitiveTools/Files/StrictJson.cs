using System.Text;
using System.Text.Json;
using CognitiveTools.Text;

namespace CognitiveTools.Files;

/// <summary>
/// Reads JSON from outside. It refuses a duplicate key, because only one of its values would count, and half of a surrogate pair,
/// which is valid JSON but not valid text. Reading the returned document throws no exceptions.
/// </summary>
internal static class StrictJson
{
    private const int UsualDepth = 64;

    /// <summary>Parses a document.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="line">Number of the text's first line in it.</param>
    /// <param name="mostDepth">Objects and lists inside each other.</param>
    /// <exception cref="InvalidDataException">The text cannot be used; the message names file, line and column.</exception>
    public static JsonDocument Parse(string text, string file, int line = 1, int mostDepth = UsualDepth)
    {
        ArgumentNullException.ThrowIfNull(text);
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(text, new() { AllowDuplicateProperties = false, MaxDepth = mostDepth });
            if (text.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
                Read(document.RootElement);
            return document;
        }
        catch (JsonException exception)
        {
            throw Repeated(text, file, line, mostDepth, exception) ?? JsonFault.Of(exception, text, file, line);
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

    // .NET says the name only.
    private static InvalidDataException? Repeated(string text, string file, int line, int mostDepth, JsonException refusal)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (RepeatedKey.Find(bytes, mostDepth) is not { } key)
            return null;
        var before = Encoding.UTF8.GetString(bytes.AsSpan(0, (int)key.Offset));
        var place = $"{file}:{line + before.Count('\n')}:{before.Length - before.LastIndexOf('\n')}";
        var where = key.Place.Length > 0 ? $" in {TerminalText.Excerpt(key.Place)}" : "";
        return new($"{place}: the key '{TerminalText.Excerpt(key.Name)}' is there twice{where}. Keep one.", refusal);
    }

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
