using System.CommandLine;

namespace CognitiveTools.Cli.Runs;

/// <summary><c>cogtools run show</c>: the table of a stored run, finished or not. It writes nothing.</summary>
internal static class RunShowCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    private static readonly Option<bool> Json = new("--json") { Description = "Print the summary as JSON" };

    public static Command Create()
    {
        var command = new Command("show", "Print the table of a stored run") { Run, Json, SummaryPrinter.Details, SummaryPrinter.Explain };
        command.SetGuardedAction((parse, _) =>
            SummaryPrinter.ShowAsync(parse, RunArgument.Load(parse.GetValue(Run)!), parse.GetValue(Json)));
        return command;
    }
}
