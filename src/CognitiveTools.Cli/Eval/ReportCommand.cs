using System.CommandLine;
using CognitiveTools.Evals.Reports;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Cli.Eval;

/// <summary><c>cogtools report</c>: table and page of a stored run, finished or not, without a model.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Run = new("run") { Description = "Directory of the run, as `cogtools eval` printed it" };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the summary as JSON" };

    public static Command Create()
    {
        var command = new Command("report", "Summarise a stored run again and rewrite its HTML report") { Run, Json };
        command.SetGuardedAction(async (parse, _) =>
        {
            var result = RunResult.Load(parse.GetValue(Run)!);
            var summary = Summary.From(result);
            await parse.InvocationConfiguration.Output.WriteLineAsync(parse.GetValue(Json) ? SummaryJson.Render(summary) : SummaryText.Render(summary));
            await parse.InvocationConfiguration.Error.WriteLineAsync($"Report: {Path.GetFullPath(HtmlReport.Write(result))}");
            return ExitCodes.Success;
        });
        return command;
    }
}
