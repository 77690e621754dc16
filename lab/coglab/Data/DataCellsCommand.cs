using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Runs;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Problems.Shifted;

namespace CognitiveTools.Lab.Commands.Data;

/// <summary><c>coglab data cells</c>: a run by cell, and one arm against others in each.</summary>
internal static class DataCellsCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    private static readonly Option<FileInfo> Problems = new("--problems", "-p")
    {
        Description = "The problems it ran on",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<string> Arm = new("--arm")
    {
        Description = "The arm to compare",
        Required = true,
        HelpName = "NAME",
    };

    private static readonly Option<string[]> Against = new("--against")
    {
        Description = "Arms it is compared with, the option once for each",
        Required = true,
        HelpName = "NAME",
    };

    private static readonly Option<FileInfo?> Picture = new("--out", "-o")
    {
        Description = "Also draw these arms as a picture (SVG)",
        HelpName = "FILE",
    };

    private static readonly Option<string> Title = new("--title")
    {
        Description = "Title of the picture",
        DefaultValueFactory = static _ => "Accuracy by cell",
        HelpName = "TEXT",
    };

    public static Command Create()
    {
        var command = new Command(
            "cells",
            "Show a run by topic: accuracy and positions of every arm, and paired differences of one arm, p after Holm (Markdown)")
        {
            Run, Problems, Arm, Against, Picture, Title,
        };
        command.SetGuardedAction(async (parse, _) =>
        {
            var (arm, against) = (parse.GetValue(Arm)!, parse.GetValue(Against)!);
            var table = CellTable.Of(
                RunArgument.Load(parse.GetValue(Run)!), ProblemFile.Read(parse.GetValue(Problems)!.FullName), arm, against);
            if (parse.GetValue(Picture) is { } picture)
                CellChart.Draw(table, [arm, .. against], parse.GetValue(Title)!).Save(picture.FullName);
            await parse.InvocationConfiguration.Output.WriteAsync(table.ToMarkdown());
            return ExitCodes.Success;
        });
        return command;
    }
}
