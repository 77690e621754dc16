using System.CommandLine;
using CognitiveTools.Evals.Reports;

namespace CognitiveTools.Cli.Runs;

/// <summary><c>cogtools run report</c>: table and HTML page of a stored run, finished or not, without a model.</summary>
internal static class RunReportCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    private static readonly Option<bool> Json = new("--json") { Description = "Print the summary as JSON" };

    private static readonly Option<int> Transcripts = new Option<int>("--transcripts")
    {
        Description = "Limit of compressed transcripts in the HTML report, in MiB; the report names what it leaves out",
        DefaultValueFactory = _ => (int)(new ReportOptions().TranscriptBytes >> 20),
        HelpName = "MIB",
    }.Within(0, 1_048_576);

    public static Command Create()
    {
        var command = new Command("report", "Write the HTML report of a stored run again and print its table")
        {
            Run, Json, SummaryPrinter.Details, SummaryPrinter.Explain, Transcripts,
        };
        command.SetGuardedAction((parse, _) =>
        {
            var options = new ReportOptions { TranscriptBytes = (long)parse.GetValue(Transcripts) << 20 };
            return SummaryPrinter.PrintAsync(parse, RunArgument.Load(parse.GetValue(Run)!), parse.GetValue(Json), options);
        });
        return command;
    }
}
