using System.CommandLine;
using CognitiveTools.Cli.Help;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Cli.Hosting;

/// <summary>The limits of one problem.</summary>
/// <param name="wallTime">The default wall time, for the help text; <see langword="null"/> for no limit.</param>
internal sealed class BudgetOptions(TimeSpan? wallTime = null)
{
    private const int Most = Budget.MostOfALimit;
    private const double MostSeconds = 1e6;

    private readonly Option<int?> _tokens = new Option<int?>("--max-tokens")
    {
        Description = "Tokens of one turn of the model",
        HelpName = "N",
    }.Within(1, Most);

    private readonly Option<int?> _positions = new Option<int?>("--positions")
    {
        Description = "Positions of one problem (arm and sample), tool calls included. Latent reasoners and cot-decoding stop at it. "
            + "direct and cot can exceed it by their prompt. tools starts no turn once it is spent, and can exceed it by the prompt of "
            + "the last call or turn and by the forced answer. maj applies it to each sample",
        HelpName = "N",
    }.Within(1, Most);

    private readonly Option<int?> _calls = new Option<int?>("--tool-calls")
    {
        Description = "Tool calls of one problem",
        HelpName = "N",
    }.Within(1, Most);

    private readonly Option<double?> _seconds = new Option<double?>("--timeout")
    {
        Description = $"Wall time of one problem in seconds; at its end the text so far and its cost are kept{DefaultOf(wallTime)}",
        HelpName = "SECONDS",
    }.Within(0.001, MostSeconds);

    public void AddTo(Command command) => command.AddGroup(HelpGroup.ProblemLimits, _tokens, _positions, _calls, _seconds);

    /// <summary>The budget; an option that is not given keeps the value of <paramref name="budget"/>.</summary>
    public Budget Read(ParseResult parse, Budget budget) => budget with
    {
        TokensPerTurn = parse.GetValue(_tokens) ?? budget.TokensPerTurn,
        Positions = parse.GetValue(_positions) ?? budget.Positions,
        ToolCalls = parse.GetValue(_calls) ?? budget.ToolCalls,
        WallTime = parse.GetValue(_seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : budget.WallTime,
    };

    private static string DefaultOf(TimeSpan? limit) =>
        limit is { } time ? FormattableString.Invariant($" [default: {time.TotalSeconds}]") : "";
}
