using System.Text;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Files;

namespace CognitiveTools.Evals.Reports;

/// <summary>
/// A run as one self-contained HTML file: tables, plots, flips, problem grid and transcripts. Its own security policy
/// forbids it to fetch anything or to run a script other than its own, so it can be mailed, archived and opened anywhere.
/// </summary>
public static class HtmlReport
{
    /// <summary>The report's file name inside a run's directory.</summary>
    public const string FileName = "report.html";

    /// <summary>Writes the report of a run into the run's directory and returns its path.</summary>
    /// <param name="run">The run, finished or not.</param>
    /// <exception cref="InvalidDataException">The run's problem file is damaged.</exception>
    /// <exception cref="IOException">The disk failed; an older report stays as it was.</exception>
    public static string Write(RunResult run) => Write(run, Summary.From(run));

    /// <inheritdoc cref="Write(RunResult)"/>
    internal static string Write(RunResult run, Summary summary, ReportOptions? options = null)
    {
        var path = Path.Combine(run.Directory, FileName);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(Render(run, summary, options)), flushToDisk: false);
        return path;
    }

    /// <summary>The report's text; transcripts and problem texts are read from the run's directory.</summary>
    internal static string Render(RunResult run, ReportOptions? options = null) => Render(run, Summary.From(run), options);

    private static string Render(RunResult run, Summary summary, ReportOptions? options)
    {
        options ??= new ReportOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.TranscriptBytes, nameof(options));
        var source = ReportSource.Read(run, summary);
        var transcripts = ReportTranscripts.Read(source, options.TranscriptBytes);
        var (style, script) = (ReportAssets.Style, ReportAssets.Script);
        return ReportPage.Fill(ReportAssets.Page, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = ReportPage.Escape($"{run.Header.Suite.Name} · {run.Header.Id}"),
            ["style"] = style,
            ["style-hash"] = ReportPage.Hash(style),
            ["script"] = script,
            ["script-hash"] = ReportPage.Hash(script),
            ["data"] = ReportData.Write(source, transcripts, options),
            ["texts"] = ReportData.Texts(source, transcripts),
            ["transcripts"] = transcripts.Packed,
        });
    }
}
