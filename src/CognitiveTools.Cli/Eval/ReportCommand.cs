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

    private static readonly Option<int> Transcripts = new("--transcripts") { Description = "Most MiB of packed transcripts in the HTML report; it says what it leaves out", DefaultValueFactory = _ => 16, HelpName = "MIB" };

    public static Command Create()
    {
        var command = new Command("report", "Summarise a stored run again and rewrite its HTML report") { Run, Json, Transcripts };
        command.SetGuardedAction(async (parse, _) =>
        {
            var megabytes = parse.GetValue(Transcripts);
            if (megabytes < 0)
                throw new ArgumentException($"{Transcripts.Name} is {megabytes}; it must be 0 or more.");
            var result = RunResult.Load(parse.GetValue(Run)!);
            var summary = Summary.From(result);
            await parse.InvocationConfiguration.Output.WriteLineAsync(parse.GetValue(Json) ? SummaryJson.Render(summary) : SummaryText.Render(summary));
            var path = HtmlReport.Write(result, new ReportOptions { TranscriptBytes = (long)megabytes << 20 });
            await parse.InvocationConfiguration.Error.WriteLineAsync($"Report: {Path.GetFullPath(path)}");
            return ExitCodes.Success;
        });
        return command;
    }
}
