using System.CommandLine;

namespace CognitiveTools.Cli.Runs;

/// <summary>
/// <c>cogtools run</c>: everything that reads a stored run. <c>eval</c> and <c>grade</c> are not here, because they make one:
/// <c>eval</c> from a model's answers, <c>grade</c> from a file of answers.
/// </summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("run", "List, show, compare and check stored runs")
    {
        RunListCommand.Create(),
        RunShowCommand.Create(),
        RunCompareCommand.Create(),
        RunRegradeCommand.Create(),
        RunReplayCommand.Create(),
        RunExportCommand.Create(),
        RunReportCommand.Create(),
    };

    /// <summary>The commands under the names they had before <c>run</c> existed.</summary>
    public static IEnumerable<Command> FormerNames() => new[]
    {
        RunListCommand.Create(), RunCompareCommand.Create(), RunRegradeCommand.Create(),
        RunReplayCommand.Create(), RunExportCommand.Create(), RunReportCommand.Create(),
    }.Select(static command => FormerName.Of(command, $"run {command.Name}"));
}
