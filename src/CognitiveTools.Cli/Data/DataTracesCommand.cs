using System.CommandLine;
using CognitiveTools.Cli.Runs;
using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Wandering;

namespace CognitiveTools.Cli.Data;

/// <summary><c>cogtools data check-traces</c>: measures how systematically a run, or a file of responses, searched.</summary>
internal static class DataTracesCommand
{
    private static readonly Argument<string?> Run = RunArgument.Optional();

    private static readonly Option<FileInfo> Problems = new("--problems", "-p")
    {
        Description = "The wandering problems answered",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo?> Answers = new("--responses", "-r")
    {
        Description = "Responses instead of a run: one JSON object a line with id and response",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        const string Description = "Check search traces line by line and print Markdown: validity, effectiveness, necessity, "
            + "faults and miss rate per step";
        var command = new Command("check-traces", Description) { Run, Problems, Answers };
        command.SetGuardedAction(async (parse, _) =>
        {
            var problems = ProblemFile.Read(parse.GetValue(Problems)!.FullName);
            var (run, file) = (parse.GetValue(Run), parse.GetValue(Answers));
            if (run is null == file is null)
                throw new ArgumentException($"Give either a run's directory or {Answers.Name}.");
            var summaries = file is null
                ? WanderingCheck.Of(RunArgument.Load(run!), problems)
                : WanderingCheck.Of(Path.GetFileNameWithoutExtension(file.Name), ResponseFile.Read(file.FullName), problems);
            await parse.InvocationConfiguration.Output.WriteAsync(WanderingSummary.ToMarkdown(summaries));
            return ExitCodes.Success;
        });
        return command;
    }
}
