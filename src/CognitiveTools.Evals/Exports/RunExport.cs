using System.Globalization;
using System.Text;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;
using CsvHelper;
using CsvHelper.Configuration;
using Parquet.Serialization;

namespace CognitiveTools.Evals.Exports;

/// <summary>A run for other programs and for papers.</summary>
public static class RunExport
{
    /// <summary>The names of the formats.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["csv", "csv-published", "parquet", "markdown", "latex", "json"];

    /// <summary>
    /// Writes a run: <c>csv</c> and <c>parquet</c> hold a row per unit (<see cref="UnitRow"/>), <c>csv-published</c> a row per
    /// published figure of the suite (<see cref="PublishedCsvRow"/>), <c>markdown</c> and <c>latex</c> the headline table and the table
    /// of published figures, <c>json</c> the whole summary.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such format, or the suite has no published figures to write.</exception>
    public static async Task WriteAsync(RunResult run, string format, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(output);
        switch (format)
        {
            case "csv":
                await WriteCsvAsync(UnitRow.Of(run), output, cancellationToken);
                break;
            case "csv-published":
                await WriteCsvAsync(PublishedCsvRow.Of(Summary.From(run), run.Header.Id), output, cancellationToken);
                break;
            case "parquet":
                await ParquetSerializer.SerializeAsync(UnitRow.Of(run), output, cancellationToken: cancellationToken);
                break;
            case "markdown":
                await output.WriteAsync(Encoding.UTF8.GetBytes(TableMarkup.Markdown(Summary.From(run))), cancellationToken);
                break;
            case "latex":
                await output.WriteAsync(Encoding.UTF8.GetBytes(TableMarkup.Latex(Summary.From(run))), cancellationToken);
                break;
            case "json":
                await output.WriteAsync(Encoding.UTF8.GetBytes(SummaryJson.Render(Summary.From(run)) + "\n"), cancellationToken);
                break;
            default:
                throw new ArgumentException($"'{format}' is not an export format. Known: {string.Join(", ", Formats)}.", nameof(format));
        }
    }

    private static async Task WriteCsvAsync<TRow>(IReadOnlyList<TRow> rows, Stream output, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
        await using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        csv.Context.TypeConverterCache.AddConverter<string>(new CsvText());
        await csv.WriteRecordsAsync(rows, cancellationToken);
    }
}
