using System.Collections;
using System.Globalization;
using CognitiveTools.Text;
using Parquet;
using Parquet.Meta;
using Parquet.Serialization;

namespace CognitiveTools.Evals.Sources;

/// <summary>Rows of a Parquet file. The size that the file states is checked against a limit before anything is unpacked.</summary>
internal static class ParquetRows
{
    private const long MostBytes = 1L << 30, MostValues = 50_000_000;

    /// <exception cref="InvalidDataException">The file is damaged or too large; the message names it.</exception>
    public static IEnumerable<SourceRow> Read(string path)
    {
        var rows = Load(path);
        for (var index = 0; index < rows.Count; index++)
        {
            var values = SourceRow.NoValues();
            foreach (var (name, value) in rows[index])
            {
                if (!values.TryAdd(name, Value(value)))
                {
                    throw new InvalidDataException(
                        $"{path}: the column '{TerminalText.Excerpt(name)}' is there twice; "
                        + "upper and lower case count as the same. Keep one.");
                }
            }

            yield return new SourceRow(path, index + 1, values);
        }
    }

    private static IList<Dictionary<string, object>> Load(string path)
    {
        IList<Dictionary<string, object>>? rows;
        try
        {
            rows = LoadAsync(path).GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // On damaged files the library throws types that it does not document, and asks for too much memory.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new InvalidDataException(
                $"{path}: not a Parquet file that can be read: {TerminalText.Excerpt(exception.Message, 300).TrimEnd('.')}. "
                + "Export it again, or give JSON Lines.",
                exception);
        }

        return rows ?? throw new InvalidDataException(
            $"{path}: holds more than {MostBytes >> 30} GiB unpacked or {MostValues / 1_000_000} million values. "
            + "Split it, or give JSON Lines.");
    }

    // Null when the file says that it is too large.
    private static async Task<IList<Dictionary<string, object>>?> LoadAsync(string path)
    {
        await using var stream = new EndOfInputStream(File.OpenRead(path));
        ParquetFooter.Check(stream);
        await using (var reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true))
        {
            if (stream.Length > MostBytes || reader.Metadata?.RowGroups.Sum(group => Math.Max(0, group.TotalByteSize)) > MostBytes)
                return null;
            if (reader.Metadata?.RowGroups.Any(IsTooMany) is true)
                return null;
        }

        stream.Position = 0;
        return (await ParquetSerializer.DeserializeUntypedAsync(stream)).Data;
    }

    // The library makes room for as many values as the file claims.
    private static bool IsTooMany(RowGroup group) =>
        group.NumRows is < 0 or > MostValues || group.Columns.Any(static column => column.MetaData is { NumValues: < 0 or > MostValues });

    private static SourceValue Value(object? value) => value switch
    {
        null => new SourceValue("null", ""),
        string text => new SourceValue("text", text),
        ReadOnlyMemory<char> text => new SourceValue("text", text.ToString()), // an item of a list
        bool flag => new SourceValue("truth value", flag ? "true" : "false"),
        IFormattable number => new SourceValue("number", number.ToString(null, CultureInfo.InvariantCulture)),
        IEnumerable list and not IDictionary => new SourceValue("list", null) { Items = Items(list) },
        _ => new SourceValue("object", null),
    };

    private static string[]? Items(IEnumerable list)
    {
        string?[] items = [.. list.Cast<object?>().Select(item => Value(item).Text)];
        return items.Contains(null) ? null : [.. items.OfType<string>()];
    }
}
