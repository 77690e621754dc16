using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Runs;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Problems.DataAlchemy;

namespace CognitiveTools.Lab.Commands.Data;

/// <summary><c>coglab data shifts</c>: the heat map of a DataAlchemy run.</summary>
internal static class DataShiftsCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    private static readonly Option<FileInfo> Problems = new("--problems", "-p")
    {
        Description = "The problems it ran on",
        Required = true,
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command =
            new Command(
                "shifts",
                "Score a DataAlchemy run by cell: exact match, edit distance and BLEU of reasoning, answer and full chain (Markdown)")
        {
            Run, Problems,
        };
        command.SetGuardedAction(async (parse, _) =>
        {
            var table = ShiftTable.From(RunArgument.Load(parse.GetValue(Run)!), ProblemFile.Read(parse.GetValue(Problems)!.FullName));
            await parse.InvocationConfiguration.Output.WriteAsync(table.ToHeatMap() + "\n" + table.ToMarkdown());
            return ExitCodes.Success;
        });
        return command;
    }
}
