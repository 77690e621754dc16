using System.CommandLine;
using CognitiveTools.Evals.Reports;

namespace CognitiveTools.Cli.Runs;

/// <summary><c>cogtools report</c>: table and page of a stored run, finished or not, without a model.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    private static readonly Option<bool> Json = new("--json") { Description = "Print the summary as JSON" };

    private static readonly Option<int> Transcripts = new Option<int>("--transcripts") { Description = "Most MiB of packed transcripts in the HTML report; it says what it leaves out", DefaultValueFactory = _ => (int)(new ReportOptions().TranscriptBytes >> 20), HelpName = "MIB" }.Within(0, 1_048_576);

    public static Command Create()
    {
        var command = new Command("report", "Summarise a stored run again and rewrite its HTML report") { Run, Json, SummaryPrinter.Details, Transcripts };
        command.SetGuardedAction((parse, _) =>
            SummaryPrinter.PrintAsync(parse, RunArgument.Load(parse.GetValue(Run)!), parse.GetValue(Json), new ReportOptions { TranscriptBytes = (long)parse.GetValue(Transcripts) << 20 }));
        return command;
    }
}
