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
            + "faults, miss rate per step and by depth, and for a run which arms do work again";
        var command = new Command("check-traces", Description) { Run, Problems, Answers };
        command.SetGuardedAction(async (parse, _) =>
        {
            var problems = ProblemFile.Read(parse.GetValue(Problems)!.FullName);
            var (run, file) = (parse.GetValue(Run), parse.GetValue(Answers));
            if (run is null == file is null)
                throw new ArgumentException($"Give either a run's directory or {Answers.Name}.");
            var stored = file is null ? RunArgument.Load(run!) : null;
            var summaries = stored is not null
                ? WanderingCheck.Of(stored, problems)
                : WanderingCheck.Of(Path.GetFileNameWithoutExtension(file!.Name), ResponseFile.Read(file.FullName), problems);
            var output = parse.InvocationConfiguration.Output;
            await output.WriteAsync(WanderingSummary.ToMarkdown(summaries));
            if (stored is not null && RevisitDrop.ToMarkdown(RevisitDrop.Of(stored, problems)) is { Length: > 0 } revisits)
                await output.WriteAsync("\n" + revisits);
            return ExitCodes.Success;
        });
        return command;
    }
}
