using System.CommandLine;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Cli.Hosting;

/// <summary>The options that say what one solve may spend.</summary>
/// <param name="wallTime">The wall time where none is given, for the help text; <see langword="null"/> for no limit.</param>
internal sealed class BudgetOptions(TimeSpan? wallTime = null)
{
    private const int Most = 1_000_000_000; // sums of two still fit an int
    private const double MostSeconds = 1e6;

    private readonly Option<int?> _tokens = new Option<int?>("--max-tokens")
    {
        Description = "Tokens of one turn of the model",
        HelpName = "N",
    }.Within(1, Most);

    private readonly Option<int?> _positions = new Option<int?>("--positions")
    {
        Description = "Positions of one solve, tool calls included. Latent reasoners and cot-decoding keep within it. "
            + "direct and cot may go over it by their prompt; tools begin no turn once it is spent, "
            + "and may go over it by the prompt of the last call or turn and by the forced answer. Each sample of maj has all of it",
        HelpName = "N",
    }.Within(1, Most);

    private readonly Option<int?> _calls = new Option<int?>("--tool-calls")
    {
        Description = "Tool calls in total",
        HelpName = "N",
    }.Within(1, Most);

    private readonly Option<double?> _seconds = new Option<double?>("--timeout")
    {
        Description = "Wall time of one solve in seconds" + (wallTime is { } limit ? FormattableString.Invariant($" [default: {limit.TotalSeconds}]") : ""),
        HelpName = "SECONDS",
    }.Within(0.001, MostSeconds);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _tokens, _positions, _calls, _seconds })
            command.Options.Add(option);
    }

    /// <summary>The budget; what is not given stays as in <paramref name="budget"/>.</summary>
    public Budget Read(ParseResult parse, Budget budget) => budget with
    {
        TokensPerTurn = parse.GetValue(_tokens) ?? budget.TokensPerTurn,
        Positions = parse.GetValue(_positions) ?? budget.Positions,
        ToolCalls = parse.GetValue(_calls) ?? budget.ToolCalls,
        WallTime = parse.GetValue(_seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : budget.WallTime,
    };
}
