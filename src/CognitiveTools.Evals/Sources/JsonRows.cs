using System.Text;
using System.Text.Json;
using CognitiveTools.Files;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Sources;

/// <summary>Rows of JSON Lines, or of one JSON array.</summary>
internal static class JsonRows
{
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

            yield return none ? FirstRow(text, file, line, rows) : Row(text, file, line);
            none = false;
        }
    }

    /// <exception cref="InvalidDataException">The text is not a JSON array of objects; the message names file and row.</exception>
    public static List<SourceRow> Array(string text, string file)
    {
        using var document = StrictJson.Parse(text, file);
        return [.. document.RootElement.EnumerateArray().Select((element, index) => Row(element, file, index + 1))];
    }

    private static SourceRow FirstRow(string text, string file, int line, string rows)
    {
        try
        {
            return Row(text, file, line);
        }
        catch (InvalidDataException exception) when (exception.InnerException is JsonException && IsBeginningOfAnObject(text))
        {
            throw new InvalidDataException(
                $"{file}:{line}: begins one object where a list of {rows} was expected. "
                + "Give one JSON object per line, or all of them in one list [ ... ].",
                exception);
        }
    }

    private static SourceRow Row(string text, string file, int line)
    {
        using var document = StrictJson.Parse(text, file, line);
        return Row(document.RootElement, file, line);
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
            if (!values.TryAdd(property.Name, Value(property.Value)))
            {
                throw new InvalidDataException(
                    $"{file}:{number}: key '{TerminalText.Excerpt(property.Name)}' is given twice; "
                    + "upper and lower case count as the same. Keep one.");
            }
        }

        return new SourceRow(file, number, values);
    }

    private static SourceValue Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new SourceValue("text", value.GetString()),
        JsonValueKind.Number => new SourceValue("number", value.GetRawText()),
        JsonValueKind.True => new SourceValue("truth value", "true"),
        JsonValueKind.False => new SourceValue("truth value", "false"),
        JsonValueKind.Null => new SourceValue("null", ""),
        JsonValueKind.Array => new SourceValue("list", null)
        {
            Items = value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                ? [.. value.EnumerateArray().Select(item => Value(item).Text!)]
                : null,
        },
        _ => new SourceValue("object", null),
    };
}
