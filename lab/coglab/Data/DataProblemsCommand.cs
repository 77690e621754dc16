using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Training.Cards;

namespace CognitiveTools.Lab.Commands.Data;

/// <summary><c>coglab data problems</c>: generated problems as a problem file.</summary>
internal static class DataProblemsCommand
{
    private static readonly Option<string> Split = new("--split")
    {
        Description = "Which problems",
        DefaultValueFactory = _ => CardData.Splits[1],
    };

    private static readonly Option<int> Seed = DataOptions.Whole("--seed", "Fixes what is drawn", 1, least: 0);

    private static readonly Option<int> Count =
        DataOptions.Whole("--count", "Problems at most; small families run out", 200, least: 1, most: 1_000_000);

    private static readonly Option<string?> Families = DataOptions.Families();

    private static readonly Option<int?> Wordings = DataOptions.Wordings();

    private static readonly Option<int?> MostPrimitives = new Option<int?>("--most-primitives")
    {
        Description = "Problems of at most N arithmetic primitives; the difficulty is then their number, not that of the steps",
        HelpName = "N",
    }.Within(1, 1000);

    private static readonly Option<FileInfo?> Output = new("--out", "-o")
    {
        Description = "File to write; printed when left out",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command =
            new Command("problems", "Generate problems, one JSON object a line; the same arguments give the same bytes everywhere")
        {
            Split, Seed, Count, Families, Wordings, MostPrimitives, Output,
        };
        Split.AcceptOnlyFromAmong([.. CardData.Splits]);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var data = new CardData(parse.GetValue(Split)!, (ulong)parse.GetValue(Seed), parse.GetValue(Count))
            {
                Families = DataOptions.Names(parse.GetValue(Families)),
                Wordings = parse.GetValue(Wordings),
                MostPrimitives = parse.GetValue(MostPrimitives),
            };
            await DataOptions.WriteAsync(parse, Output, data.Draw(), cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }
}
