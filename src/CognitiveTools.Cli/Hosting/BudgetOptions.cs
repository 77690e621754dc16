using System.CommandLine;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Cli.Hosting;

/// <summary>The options that say what one solve may spend.</summary>
/// <param name="wallTime">The wall time where none is given, for the help text; <see langword="null"/> for no limit.</param>
internal sealed class BudgetOptions(TimeSpan? wallTime = null)
{
    private readonly Option<int?> _tokens = new("--max-tokens") { Description = "Tokens of one turn of the model", HelpName = "N" };

    private readonly Option<int?> _positions = new("--positions")
    {
        Description = "Positions of one solve, tool calls included. Latent reasoners and cot-decoding keep within it. "
            + "direct and cot may go over it by their prompt; tools begin no turn once it is spent, "
            + "and may go over it by the prompt of the last call or turn and by the forced answer. Each sample of maj has all of it",
        HelpName = "N",
    };

    private readonly Option<int?> _calls = new("--tool-calls") { Description = "Tool calls in total", HelpName = "N" };

    private readonly Option<double?> _seconds = new("--timeout")
    {
        Description = "Wall time of one solve in seconds" + (wallTime is { } limit ? FormattableString.Invariant($" [default: {limit.TotalSeconds}]") : ""),
        HelpName = "SECONDS",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _tokens, _positions, _calls, _seconds })
            command.Options.Add(option);
    }

    /// <summary>The budget; what is not given stays as in <paramref name="budget"/>.</summary>
    /// <exception cref="ArgumentException">A value is below 1.</exception>
    public Budget Read(ParseResult parse, Budget budget) => budget with
    {
        TokensPerTurn = AtLeastOne(parse, _tokens) ?? budget.TokensPerTurn,
        Positions = AtLeastOne(parse, _positions) ?? budget.Positions,
        ToolCalls = AtLeastOne(parse, _calls) ?? budget.ToolCalls,
        WallTime = parse.GetValue(_seconds) switch
        {
            null => budget.WallTime,
            > 0 and <= 1e6 and { } seconds => TimeSpan.FromSeconds(seconds),
            { } seconds => throw new ArgumentException($"{_seconds.Name} is {seconds}; it must be above 0 and at most 1,000,000."),
        },
    };

    private static int? AtLeastOne(ParseResult parse, Option<int?> option) => parse.GetValue(option) switch
    {
        < 1 and { } value => throw new ArgumentException($"{option.Name} is {value}; it must be at least 1."),
        var value => value,
    };
}
