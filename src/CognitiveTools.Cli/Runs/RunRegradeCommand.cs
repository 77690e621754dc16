using System.CommandLine;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Cli.Help;
using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Runs;

/// <summary><c>cogtools run regrade</c>: reads the answers of a stored run again, by the current rules or other ones.</summary>
internal static class RunRegradeCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    private static readonly Option<string?> Answers = new("--answers")
    {
        Description = $"How answers are read: {string.Join(", ", AnswerKinds.Names)} "
            + "[default: the run's kind, as this version reads it]",
        HelpName = "KIND",
    };

    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "Store the regraded run in this new directory; the run itself is never changed",
        HelpName = "FOLDER",
    };

    private const int MostOfALine = 1000;

    public static Command Create()
    {
        var command = new Command("regrade", "Read the answers of a stored run again, without a model, and list what changes")
        {
            Run,
        };
        command.AddGroup(HelpGroup.Output, Answers, Out, SummaryPrinter.Details, SummaryPrinter.Explain);
        command.SetGuardedAction(async (parse, _) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var run = RunArgument.Load(parse.GetValue(Run)!);
            var kind = AnswerKinds.Find(parse.GetValue(Answers) ?? run.Header.Suite.Answers.Name);
            var regrading = Regrader.Regrade(run, kind);
            foreach (var (before, after) in regrading.Changes)
            {
                var change = $"{Say(before)} -> {Say(after)} (reference {before.Gold})";
                var unit = $"{before.Problem}  {before.Arm}  {before.Sample}";
                await output.WriteLineAsync(TerminalText.Excerpt($"{unit}: {change}", MostOfALine));
            }

            var suite = run.Header.Suite;
            await output.WriteLineAsync($"{regrading.Changes.Count} of {run.Units.Count} units change; "
                + $"read by {suite.Answers.Name} v{suite.AnswersVersion} before, {kind.Name} v{kind.Version} now.");
            if (parse.GetValue(Out) is not { } directory)
                return ExitCodes.Success;
            var stored = await Regrader.StoreAsync(regrading, directory, TimeProvider.System);
            return await SummaryPrinter.PrintAsync(parse, stored, json: false);
        });
        return command;
    }

    private static string Say(UnitRecord unit) => unit.Answer is { } answer ? $"{unit.Status} {answer}" : $"{unit.Status}";
}
