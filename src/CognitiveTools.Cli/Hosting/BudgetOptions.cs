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
        Description = "Tokens of one turn of the model, thoughts not counted. More than the default of --positions raises it, too; "
            + "unless --context is given, the context gets room for them where model and memory allow",
        HelpName = "N",
    }.Within(1, Most);

    private readonly Option<int?> _thoughts = new Option<int?>("--thought-tokens")
    {
        Description = "Thought tokens of one problem, beside --max-tokens and --positions, for models that think before they answer. "
            + "A thought that is longer is cut; the reasoner's setting thoughts=N ends it instead",
        HelpName = "N",
    }.Within(0, Most);

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

    public void AddTo(Command command) => command.AddGroup(HelpGroup.ProblemLimits, _tokens, _thoughts, _positions, _calls, _seconds);

    /// <summary>The budget; an option that is not given keeps the value of <paramref name="budget"/>.</summary>
    /// <exception cref="ArgumentException">The tokens of a turn are more than the positions given.</exception>
    public Budget Read(ParseResult parse, Budget budget)
    {
        var (tokens, positions) = (parse.GetValue(_tokens), parse.GetValue(_positions));
        if (tokens > positions)
            throw new ArgumentException(FormattableString.Invariant(
                $"--max-tokens {tokens} cannot be reached with --positions {positions}. Raise --positions, or leave it out."));
        return budget with
        {
            TokensPerTurn = tokens ?? budget.TokensPerTurn,
            Positions = positions ?? (tokens is { } most ? Math.Max(budget.Positions, most) : budget.Positions),
            ThoughtTokens = parse.GetValue(_thoughts) ?? budget.ThoughtTokens,
            ToolCalls = parse.GetValue(_calls) ?? budget.ToolCalls,
            WallTime = parse.GetValue(_seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : budget.WallTime,
        };
    }

    /// <summary>
    /// Says that a local model's context ends before <c>--max-tokens</c> do; <see langword="null"/> when it does not, or when the option
    /// is not given. Loads the model.
    /// </summary>
    public async Task<string?> ShortContextAsync(ParseResult parse, ModelHost host, CancellationToken cancellationToken)
    {
        if (parse.GetValue(_tokens) is not { } tokens || host.Endpoint is not null || host.IsRecurrent)
            return null;
        var engine = await host.InspectAsync(cancellationToken);
        if (engine.ContextLength > tokens)
            return null;
        var (reason, remedy) = engine.ContextReason is { } cause
            ? (cause, "Free memory, take --cache-type q8_0 or a smaller model, or lower --max-tokens.")
            : engine.ContextLength < engine.Model.TrainedContextLength
            ? ("as set", "Raise --context (or the setting Llama:ContextLength), or leave it out.")
            : ("what the model was trained for", "Lower --max-tokens, or use a model with a longer context.");
        return FormattableString.Invariant(
            $"--max-tokens {tokens} cannot be reached: the context holds {engine.ContextLength:N0} positions ({reason}), and the prompt ")
            + "takes some of them. A turn that needs more ends with the limit 'context'. " + remedy;
    }

    private static string DefaultOf(TimeSpan? limit) =>
        limit is { } time ? FormattableString.Invariant($" [default: {time.TotalSeconds}]") : "";
}
