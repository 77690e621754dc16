using System.Text.RegularExpressions;
using CognitiveTools.Text;
using CsvHelper;
using CsvHelper.Configuration;
using CsvHelper.TypeConversion;

namespace CognitiveTools.Evals.Exports;

/// <summary>
/// Text from others in CSV: a cell that a spreadsheet would run as a formula gets an apostrophe in front, a number stays a
/// number, and control characters, line breaks among them, are shown as <c>\n</c> and the like. The format Parquet has every text as it is.
/// </summary>
internal sealed partial class CsvText : DefaultTypeConverter
{
    private const string Beginnings = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"; // the last four: the same marks in full width

    public override string? ConvertToString(object? value, IWriterRow row, MemberMapData memberMapData) => Cell((string?)value ?? "");

    /// <summary>A text as a cell's content; the writer quotes it.</summary>
    public static string Cell(string text)
    {
        var runs = text.Length > 0 && Beginnings.Contains(text[0], StringComparison.Ordinal) && !Number().IsMatch(text);
        var shown = TerminalText.Line(text);
        return runs ? "'" + shown : shown;
    }

    [GeneratedRegex(
        @"\A[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
