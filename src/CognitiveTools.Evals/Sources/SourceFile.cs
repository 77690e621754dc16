using CognitiveTools.Files;

namespace CognitiveTools.Evals.Sources;

/// <summary>
/// Reads the rows of JSON Lines, JSON, CSV, TSV and Parquet files that others wrote: strict UTF-8, bounded lines, and no value
/// that is silently dropped or replaced.
/// </summary>
internal static class SourceFile
{
    /// <summary>The rows in order; the file's ending says its format, JSON Lines by default.</summary>
    /// <exception cref="InvalidDataException">The file is not of its format; the message names file and line.</exception>
    public static IEnumerable<SourceRow> Read(string path, string rows) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".CSV" => TableRows.Read(path, ',', rows),
        ".TSV" => TableRows.Read(path, '\t', rows),
        ".PARQUET" => ParquetRows.Read(path),
        _ => Text(path, rows),
    };

    private static IEnumerable<SourceRow> Text(string path, string rows)
    {
        using var reader = Utf8TextReader.Open(path);
        foreach (var row in reader.FirstMark == '[' ? JsonRows.Array(reader.ReadToEnd(), path) : JsonRows.Lines(reader, path, rows))
            yield return row;
    }
}
