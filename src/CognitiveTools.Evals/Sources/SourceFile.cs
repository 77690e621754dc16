using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Parquet;
using Parquet.Serialization;

namespace CognitiveTools.Evals.Sources;

/// <summary>Reads the rows of JSON Lines, JSON, CSV, TSV and Parquet files.</summary>
internal static class SourceFile
{
    /// <summary>The rows in order; the file's ending says its format, JSON Lines when it is none of the others.</summary>
    /// <exception cref="InvalidDataException">The file is not of its format; the message names file and line.</exception>
    public static IEnumerable<SourceRow> Read(string path)
    {
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".CSV":
                return Table(path, ",");
            case ".TSV":
                return Table(path, "\t");
            case ".PARQUET":
                return Parquet(path);
            default:
                return Text(path);
        }
    }

    /// <summary>Rows of JSON Lines, or of one JSON array.</summary>
    public static IEnumerable<SourceRow> Lines(TextReader reader, string file)
    {
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (line == 1 && text.AsSpan().TrimStart().StartsWith('['))
            {
                foreach (var row in Array(text + "\n" + reader.ReadToEnd(), file))
                    yield return row;
                yield break;
            }

            if (!string.IsNullOrWhiteSpace(text))
                yield return Row(text, file, line);
        }
    }

    private static IEnumerable<SourceRow> Text(string path)
    {
        using var reader = new StreamReader(path);
        foreach (var row in Lines(reader, path))
            yield return row;
    }

    private static List<SourceRow> Array(string text, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select((element, index) => Row(element, file, index + 1))];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}: begins like a JSON array and is none: {exception.Message}", exception);
        }
    }

    private static SourceRow Row(string text, string file, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Row(document.RootElement, file, line);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}:{line}: not a JSON object: {exception.Message}", exception);
        }
    }

    private static SourceRow Row(JsonElement row, string file, int number)
    {
        if (row.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"{file}:{number}: a row must be a JSON object, this is {row.ValueKind}.");
        var values = Values();
        foreach (var property in row.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null))
        {
            var text = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.Number => property.Value.GetRawText(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => null,
            };
            values[property.Name] = new SourceValue(property.Value.ValueKind.ToString(), text);
        }

        return new SourceRow(file, number, values);
    }

    private static IEnumerable<SourceRow> Table(string path, string delimiter)
    {
        using var text = new StreamReader(path);
        using var reader = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter });
        if (!reader.Read() || !reader.ReadHeader() || reader.HeaderRecord is not { } names)
            throw new InvalidDataException($"{path}: is empty. Give a first line with column names and a row for each problem.");
        while (Next(reader, path))
        {
            var values = Values();
            for (var column = 0; column < names.Length; column++)
            {
                if (reader.TryGetField<string>(column, out var value) && !string.IsNullOrEmpty(value))
                    values[names[column].Trim()] = new SourceValue("String", value);
            }

            yield return new SourceRow(path, reader.Parser.RawRow, values);
        }
    }

    private static bool Next(CsvReader reader, string path)
    {
        try
        {
            return reader.Read();
        }
        catch (BadDataException exception)
        {
            throw new InvalidDataException($"{path}:{reader.Parser.RawRow}: quotation marks are not balanced. Double a mark inside a quoted value.", exception);
        }
    }

    private static IEnumerable<SourceRow> Parquet(string path)
    {
        IList<Dictionary<string, object>> rows;
        try
        {
            using var stream = File.OpenRead(path);
            rows = ParquetSerializer.DeserializeUntypedAsync(stream).GetAwaiter().GetResult().Data;
        }
        catch (Exception exception) when (exception is ParquetException or IOException or InvalidOperationException or NotSupportedException)
        {
            throw new InvalidDataException($"{path}: not a Parquet file that can be read: {exception.Message} Export it again, or give JSON Lines.", exception);
        }

        for (var index = 0; index < rows.Count; index++)
        {
            var values = Values();
            foreach (var (name, value) in rows[index].Where(cell => cell.Value is not null))
            {
                values[name] = value switch
                {
                    string or bool => new SourceValue("String", value is true ? "true" : value is false ? "false" : (string)value),
                    IFormattable number => new SourceValue("Number", number.ToString(null, CultureInfo.InvariantCulture)),
                    _ => new SourceValue(value.GetType().Name, null),
                };
            }

            yield return new SourceRow(path, index + 1, values);
        }
    }

    private static Dictionary<string, SourceValue> Values() => new(StringComparer.OrdinalIgnoreCase);
}
