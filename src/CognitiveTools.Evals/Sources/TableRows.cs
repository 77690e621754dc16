using System.Globalization;
using CognitiveTools.Files;
using CognitiveTools.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace CognitiveTools.Evals.Sources;

/// <summary>
/// Rows of CSV and TSV files. A row must have as many cells as the first line has columns: an unquoted delimiter would move every
/// later cell.
/// </summary>
internal static class TableRows
{
    private static readonly (char Mark, string Name)[] Marks = [(',', "commas"), (';', "semicolons"), ('\t', "tabs"), ('|', "bars")];

    /// <exception cref="InvalidDataException">The table cannot be read; the message names file and line.</exception>
    public static IEnumerable<SourceRow> Read(string path, char delimiter, string rows)
    {
        using var text = Utf8TextReader.Open(path);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = $"{delimiter}",
            MaxFieldSize = Utf8TextReader.UsualLineBytes,
        };
        using var parser = new CsvParser(text, configuration);
        if (Next(parser, path) is not { } head)
            throw new InvalidDataException($"{path}:1: is empty. Give a first line with column names and a row for each of the {rows}.");
        var names = Names(head, path, parser.RawRow, delimiter);
        while (Next(parser, path) is { } cells)
        {
            if (cells.Length != names.Length)
            {
                throw new InvalidDataException(
                    $"{path}:{First(parser)}: {cells.Length} fields, the header has {names.Length}. "
                    + $"Put quotation marks around a value that holds {NameOf(delimiter)}, and double a mark inside it.");
            }

            var values = SourceRow.NoValues();
            foreach (var (name, cell) in names.Zip(cells).Where(pair => pair.First.Length > 0))
                values[name] = new SourceValue("text", cell);
            yield return new SourceRow(path, parser.RawRow, values);
        }
    }

    private static string[] Names(string[] head, string path, int line, char delimiter)
    {
        string[] names = [.. head.Select(name => name.Trim())];
        var twice = names.Where(name => name.Length > 0)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidDataException(
                $"{path}:{line}: the column '{TerminalText.Excerpt(twice.Key)}' is there twice; "
                + "upper and lower case count as the same. Keep one.");
        }

        if (names.Length > 1)
            return names;
        var other = Marks
            .Where(mark => mark.Mark != delimiter && head[0].Contains(mark.Mark, StringComparison.Ordinal))
            .Select(mark => mark.Name)
            .FirstOrDefault();
        var remedy = other is null ? "" : $" The line holds {other}: save the file with {NameOf(delimiter)} between the columns.";
        throw new InvalidDataException(
            $"{path}:{line}: one column was found, \"{TerminalText.Excerpt(head[0])}\". "
            + $"The delimiter of a {Path.GetExtension(path)} file is {DelimiterOf(delimiter)}.{remedy}");
    }

    private static string[]? Next(CsvParser parser, string path)
    {
        var line = parser.RawRow + 1; // a row that is not closed runs to the end of the file
        try
        {
            return parser.Read() ? parser.Record : null;
        }
        catch (BadDataException exception)
        {
            throw new InvalidDataException(
                $"{path}:{line}: quotation marks are inside a value or not closed in the row of line {line}. "
                + "Put marks around the whole value, and double those inside it.",
                exception);
        }
        catch (CsvHelperException exception)
        {
            throw new InvalidDataException(
                $"{path}:{line}: the row cannot be read: {TerminalText.Excerpt(exception.Message, 300)}", exception);
        }
    }

    // A quoted value may run over several lines; the parser counts to the last one.
    private static int First(CsvParser parser) =>
        Math.Max(1, parser.RawRow - (parser.RawRecord ?? "").TrimEnd('\r', '\n').Count(c => c == '\n'));

    private static string NameOf(char delimiter) => Marks.First(mark => mark.Mark == delimiter).Name;

    private static string DelimiterOf(char delimiter) => delimiter == '\t' ? "the tab" : "the comma";
}
