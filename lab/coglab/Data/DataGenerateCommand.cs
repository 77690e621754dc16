using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Problems;

namespace CognitiveTools.Lab.Commands.Data;

/// <summary><c>coglab data generate</c>: problems of the generalization suites.</summary>
internal static class DataGenerateCommand
{
    private static readonly Argument<string> Suite = new("suite") { Description = "Which suite" };

    private static readonly Option<int> Seed = DataOptions.Whole("--seed", "Fixes what is drawn", 1, least: 0);

    private static readonly Option<int> Count = DataOptions.Whole(
        "--count",
        "Instances: per cell (dataalchemy, prosqa, the-question), per question (family-trees, small-families; in four lexicons each), "
            + "per task (wandering, short-searches, longer-searches)",
        200,
        least: 1, most: 1_000_000);

    private static readonly Option<FileInfo?> Output = new("--out", "-o")
    {
        Description = "File to write; printed when left out",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("generate", "Generate a generalization suite's problems with exact answers, one JSON object a line")
        {
            Suite, Seed, Count, Output,
        };
        Suite.AcceptOnlyFromAmong([.. GeneralizationSuites.Names]);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var problems = GeneralizationSuites.Draw(parse.GetValue(Suite)!, (ulong)parse.GetValue(Seed), parse.GetValue(Count));
            await DataOptions.WriteAsync(parse, Output, problems, cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }
}
