using System.Text;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Reports;

/// <summary>
/// A run as one self-contained HTML file: table, plots, flips, problem grid and transcripts. It fetches nothing, so it
/// can be mailed, archived and opened without a network.
/// </summary>
public static class HtmlReport
{
    /// <summary>The report's file name inside a run's directory.</summary>
    public const string FileName = "report.html";

    /// <summary>Writes the report of a run into the run's directory and returns its path.</summary>
    /// <param name="run">The run, finished or not.</param>
    /// <param name="topics">Topics by problem id, shown beside the problems; may lack any of them.</param>
    /// <exception cref="IOException">The disk failed; an older report stays as it was.</exception>
    public static string Write(RunResult run, IReadOnlyDictionary<string, string>? topics = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var path = Path.Combine(run.Directory, FileName);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(Render(run, topics)), flushToDisk: false);
        return path;
    }

    /// <summary>The report's text.</summary>
    public static string Render(RunResult run, IReadOnlyDictionary<string, string>? topics = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var summary = Summary.From(run);
        var arms = summary.Arms.Select((arm, i) => (arm.Name, i)).ToDictionary(a => a.Name, a => a.i, StringComparer.Ordinal);
        var transcripts = ReportTranscripts.Read(run, arms);
        return ReportPage.Fill(Asset("report.html"), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = ReportPage.Escape($"{run.Header.Suite.Name} · {run.Header.Id}"),
            ["style"] = Asset("report.css"),
            ["script"] = Asset("report.js"),
            ["data"] = ReportData.Write(run, summary, arms, transcripts, topics ?? new Dictionary<string, string>(StringComparer.Ordinal)),
            ["transcripts"] = transcripts.Blocks,
        });
    }

    private static string Asset(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("reports/" + name)
            ?? throw new InvalidOperationException($"The assembly lacks the resource 'reports/{name}'; rebuild it.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
