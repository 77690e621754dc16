using System.CommandLine;
using System.Security.Cryptography;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Cli.Help;
using CognitiveTools.Cli.Problems;
using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Cli.Runs;

/// <summary><c>cogtools grade</c>: scores the answers of any other system.</summary>
internal static class GradeCommand
{
    private static readonly Option<string> Problems = new("--problems", "-p")
    {
        Description = "Problems: a file, or the name of a set that comes with the tool or was imported",
        Required = true,
        HelpName = "NAME|FILE",
    };

    private static readonly Option<string> Responses = new("--responses", "-r")
    {
        Description = "Responses: rows with id and text; arm, sample, finish_reason and token counts when known",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<string> Answers = new("--answers")
    {
        Description = "How answers are read",
        DefaultValueFactory = _ => AnswerKinds.Names[0],
    };

    private static readonly Option<string?> Run = new("--run")
    {
        Description = "Directory of the run to write [default: runs/ and a name made of the responses; the same command resumes it]",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> Partial = new("--partial")
    {
        Description = "Leave out what was not answered; without it a problem without a response counts as one without an answer",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the summary as JSON" };

    public static Command Create()
    {
        var command = new Command("grade", "Score the responses of any other system, with the same statistics and report");
        command.AddGroup("What to grade", Problems, Responses, Answers, Partial);
        command.AddGroup(HelpGroup.Output, Run, Json, SummaryPrinter.Details, SummaryPrinter.Explain);
        Answers.AcceptOnlyFromAmong([.. AnswerKinds.Names]);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var file = parse.GetValue(Responses)!;
            var responses = ResponseFile.Read(file);
            var (problems, _) = ProblemReader.Read(parse.GetValue(Problems)!);
            var hash = await HashAsync(file, cancellationToken);
            var name = Path.GetFileNameWithoutExtension(file);
            var folder = parse.GetValue(Partial) ? $"graded-{name}-{hash[..12]}-partial" : $"graded-{name}-{hash[..12]}";
            var options = new RunOptions
            {
                Directory = parse.GetValue(Run) ?? Path.Combine(RunArgument.Folder, folder),
                Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["responses"] = $"{Path.GetFileName(file)} {hash}" },
            };
            var kind = AnswerKinds.Find(parse.GetValue(Answers)!);
            var result = await Grader.GradeAsync(problems, responses, kind, options, name, parse.GetValue(Partial), cancellationToken);
            return await SummaryPrinter.PrintAsync(parse, result, parse.GetValue(Json));
        });
        return command;
    }

    private static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
