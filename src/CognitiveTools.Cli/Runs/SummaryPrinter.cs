using System.CommandLine;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Reports;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Cli.Runs;

/// <summary>What every command prints that ends with a run: its table, and the path of its report.</summary>
internal static class SummaryPrinter
{
    /// <param name="parse">The command.</param>
    /// <param name="run">The run.</param>
    /// <param name="problems">Its problems, which give topics to the report; <see langword="null"/> when they are not at hand.</param>
    /// <param name="json">Whether the summary is printed as JSON.</param>
    public static async Task<int> PrintAsync(ParseResult parse, RunResult run, ProblemSet? problems, bool json)
    {
        var summary = Summary.From(run);
        var topics = problems?.Problems.Where(p => p.Topic is not null).ToDictionary(p => p.Id, p => p.Topic!, StringComparer.Ordinal);
        var report = HtmlReport.Write(run, topics);
        await parse.InvocationConfiguration.Output.WriteLineAsync(json ? SummaryJson.Render(summary) : SummaryText.Render(summary));
        await parse.InvocationConfiguration.Error.WriteLineAsync($"Report: {Path.GetFullPath(report)}");
        return run.Stopped is not null || summary.Arms.Any(a => a.Errors > 0) ? ExitCodes.Attention : ExitCodes.Success;
    }
}
