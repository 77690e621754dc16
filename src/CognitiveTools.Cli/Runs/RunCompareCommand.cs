using System.CommandLine;
using CognitiveTools.Evals.Comparisons;

namespace CognitiveTools.Cli.Runs;

/// <summary><c>cogtools run compare</c>: two runs, or two arms of one, paired by problem.</summary>
internal static class RunCompareCommand
{
    private static readonly Argument<string> First = RunArgument.Create("first", "Directory of the first run, or its name under runs/");

    private static readonly Argument<string?> Second =
        RunArgument.Optional("second", "The second run; the first one again when left out");

    private static readonly Option<string?> Arms = new("--arms", "-a")
    {
        Description = "Pairs of arms, first=second, comma-separated [default: every arm with its namesake]",
        HelpName = "PAIRS",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the comparison as JSON" };

    public static Command Create()
    {
        var command = new Command("compare", "Compare two stored runs, or arms of one, problem by problem") { First, Second, Arms, Json };
        command.SetGuardedAction(async (parse, _) =>
        {
            var first = RunArgument.Load(parse.GetValue(First)!);
            var pairs = parse.GetValue(Arms)?
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(Pair)
                .ToArray();
            if (parse.GetValue(Second) is null && pairs is null)
                throw new ArgumentException("Name a second run, or arms of the one, for instance --arms direct=cot.");
            var second = parse.GetValue(Second) is { } other ? RunArgument.Load(other) : first;
            var comparison = RunComparison.Of(first, second, pairs);
            var output = parse.InvocationConfiguration.Output;
            await output.WriteLineAsync(parse.GetValue(Json)
                ? ComparisonJson.Render(comparison)
                : ComparisonText.Render(comparison, OutputWidth.Of(output)));
            return ExitCodes.Success;
        });
        return command;
    }

    // An arm's name may hold '=', so the pair is cut at the middle one: right when both names hold equally many.
    private static (string First, string Second) Pair(string text)
    {
        var marks = Enumerable.Range(0, text.Length).Where(i => text[i] == '=').ToArray();
        return marks.Length % 2 == 1 && marks[marks.Length / 2] is var cut && cut > 0 && cut < text.Length - 1
            ? (text[..cut], text[(cut + 1)..])
            : throw new ArgumentException($"'{text}' is no pair of arms. Write first=second, for instance direct=cot.");
    }
}
