using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Runs;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Problems.FamilyTrees;

namespace CognitiveTools.Lab.Commands.Data;

/// <summary><c>coglab data lexicons</c>: what other words cost in a run on family trees.</summary>
internal static class DataLexiconsCommand
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
        var command = new Command("lexicons", "Compare lexicons in a family-tree run, paired by instance (Markdown)") { Run, Problems };
        command.SetGuardedAction(async (parse, _) =>
        {
            var drops = LexiconDrops.Of(RunArgument.Load(parse.GetValue(Run)!), ProblemFile.Read(parse.GetValue(Problems)!.FullName));
            await parse.InvocationConfiguration.Output.WriteAsync(LexiconDrops.ToMarkdown(drops));
            return ExitCodes.Success;
        });
        return command;
    }
}
