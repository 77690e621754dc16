using System.CommandLine;
using CognitiveTools.Evals.Reports;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Runs;

/// <summary>What every command prints that ends with a run: its table, where its terms are explained, and the path of its report.</summary>
internal static class SummaryPrinter
{
    /// <summary>An option of every such command.</summary>
    public static readonly Option<bool> Details = new("--details") { Description = "Name the units behind each warning" };

    /// <summary>An option of every such command.</summary>
    public static readonly Option<bool> Explain = new("--explain") { Description = "Explain the terms of the table" };

    /// <summary>Writes the report and prints the table.</summary>
    /// <param name="parse">The command.</param>
    /// <param name="run">The run.</param>
    /// <param name="json">Whether the summary is printed as JSON.</param>
    /// <param name="options">How much the report carries; <see langword="null"/> for the defaults.</param>
    public static async Task<int> PrintAsync(ParseResult parse, RunResult run, bool json, ReportOptions? options = null)
    {
        var summary = Summary.From(run);
        var report = HtmlReport.Write(run, summary, options);
        var code = await PrintAsync(parse, run, summary, json);
        await parse.InvocationConfiguration.Error.WriteLineAsync(TerminalText.Line($"Report: {Path.GetFullPath(report)}"));
        return code;
    }

    /// <summary>Prints the table and writes nothing.</summary>
    public static Task<int> ShowAsync(ParseResult parse, RunResult run, bool json) => PrintAsync(parse, run, Summary.From(run), json);

    private static async Task<int> PrintAsync(ParseResult parse, RunResult run, Summary summary, bool json)
    {
        var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
        await output.WriteLineAsync(json
            ? SummaryJson.Render(summary)
            : SummaryText.Render(summary, parse.GetValue(Details), OutputWidth.Of(output)));
        if (parse.GetValue(Explain))
            await (json ? error : output).WriteLineAsync(Glossary.ToText(OutputWidth.Of(json ? error : output)));
        else if (!json)
            await error.WriteLineAsync($"Terms: {Explain.Name} explains them, and so does README.md.");
        return run.Stopped is not null || summary.Arms.Any(a => a.Errors > 0) ? ExitCodes.Attention : ExitCodes.Success;
    }
}
