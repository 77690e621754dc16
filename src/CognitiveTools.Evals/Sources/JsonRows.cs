using System.Text;
using System.Text.Json;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Sources;

/// <summary>Rows of JSON Lines, or of one JSON array. A key that stands twice in an object is refused, since only one of its values would count.</summary>
internal static class JsonRows
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="InvalidDataException">A row is not a JSON object; the message names file and line.</exception>
    public static IEnumerable<SourceRow> Lines(TextReader reader, string file, string rows)
    {
        var none = true;
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            if (none && text.AsSpan().TrimStart().StartsWith('['))
            {
                foreach (var row in Array(text + "\n" + reader.ReadToEnd(), file))
                    yield return row;
                yield break;
            }

            yield return Row(text, file, line, none ? rows : null);
            none = false;
        }
    }

    /// <exception cref="InvalidDataException">The text is not a JSON array of objects; the message names file and row.</exception>
    public static List<SourceRow> Array(string text, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return [.. document.RootElement.EnumerateArray().Select((element, index) => Row(element, file, index + 1))];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}:{exception.LineNumber + 1}: begins like a JSON array and cannot be read: {Said(exception)}", exception);
        }
    }

    private static SourceRow Row(string text, string file, int line, string? rowsOfTheFile)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return Row(document.RootElement, file, line);
        }
        catch (JsonException exception) when (rowsOfTheFile is not null && IsBeginningOfAnObject(text))
        {
            throw new InvalidDataException(
                $"{file}:{line}: begins one object where a list of {rowsOfTheFile} was expected. Give one JSON object per line, or all of them in one list [ ... ].", exception);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}:{line}: not a JSON object: {Said(exception)}", exception);
        }
    }

    private static bool IsBeginningOfAnObject(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
            }

            return reader.CurrentDepth > 0 || reader.TokenType == JsonTokenType.StartObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static SourceRow Row(JsonElement row, string file, int number)
    {
        if (row.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"{file}:{number}: a row must be a JSON object, this is {row.ValueKind}.");
        var values = SourceRow.NoValues();
        foreach (var property in row.EnumerateObject())
        {
            var name = TextOf(() => property.Name, "a key", file, number);
            if (!values.TryAdd(name, Value(property.Value, name, file, number)))
                throw new InvalidDataException($"{file}:{number}: key '{TerminalText.Excerpt(name)}' stands twice; upper and lower case count as the same. Keep one.");
        }

        return new SourceRow(file, number, values);
    }

    private static SourceValue Value(JsonElement value, string key, string file, int number) => value.ValueKind switch
    {
        JsonValueKind.String => new SourceValue("text", TextOf(() => value.GetString()!, $"key '{TerminalText.Excerpt(key)}'", file, number)),
        JsonValueKind.Number => new SourceValue("number", value.GetRawText()),
        JsonValueKind.True => new SourceValue("truth value", "true"),
        JsonValueKind.False => new SourceValue("truth value", "false"),
        JsonValueKind.Null => new SourceValue("null", ""),
        JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind is JsonValueKind.String or JsonValueKind.Number) => new SourceValue("list", null)
        {
            Items = [.. value.EnumerateArray().Select(v => Value(v, key, file, number).Text!)],
        },
        JsonValueKind.Array => new SourceValue("list", null),
        _ => new SourceValue("object", null),
    };

    // Half of a surrogate pair is JSON, but no text.
    private static string TextOf(Func<string> read, string what, string file, int number)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidDataException($"{file}:{number}: {what} holds half of a surrogate pair (\\ud800 to \\udfff), which is not a character. Write the whole pair, or leave it out.", exception);
        }
    }

    private static string Said(JsonException exception) => TerminalText.Excerpt(exception.Message, 300);
}
