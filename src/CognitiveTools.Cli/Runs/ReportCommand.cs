using System.CommandLine;

namespace CognitiveTools.Cli.Runs;

/// <summary><c>cogtools report</c>: table and page of a stored run, finished or not, without a model.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    private static readonly Option<bool> Json = new("--json") { Description = "Print the summary as JSON" };

    public static Command Create()
    {
        var command = new Command("report", "Summarise a stored run again and rewrite its HTML report") { Run, Json };
        command.SetGuardedAction((parse, _) => SummaryPrinter.PrintAsync(parse, RunArgument.Load(parse.GetValue(Run)!), null, parse.GetValue(Json)));
        return command;
    }
}
