using System.CommandLine;
using CognitiveTools.Evals.Reports;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Runs;

/// <summary>What every command prints that ends with a run: its table, and the path of its report.</summary>
internal static class SummaryPrinter
{
    /// <summary>The option of every such command.</summary>
    public static readonly Option<bool> Details = new("--details") { Description = "Name the units that a warning speaks of" };

    /// <param name="parse">The command.</param>
    /// <param name="run">The run.</param>
    /// <param name="json">Whether the summary is printed as JSON.</param>
    /// <param name="options">How much the report carries; <see langword="null"/> for the defaults.</param>
    public static async Task<int> PrintAsync(ParseResult parse, RunResult run, bool json, ReportOptions? options = null)
    {
        var summary = Summary.From(run);
        var report = HtmlReport.Write(run, summary, options);
        await parse.InvocationConfiguration.Output.WriteLineAsync(json ? SummaryJson.Render(summary) : SummaryText.Render(summary, parse.GetValue(Details)));
        await parse.InvocationConfiguration.Error.WriteLineAsync(TerminalText.Line($"Report: {Path.GetFullPath(report)}"));
        return run.Stopped is not null || summary.Arms.Any(a => a.Errors > 0) ? ExitCodes.Attention : ExitCodes.Success;
    }
}
