using CognitiveTools.Calls;
using CognitiveTools.Reasoners;
using CognitiveTools.Tools;

namespace CognitiveTools.Loop;

/// <summary>The rest of the tool loop's budget: tokens of the next turn, calls in total and per tool, refused calls.</summary>
internal sealed class LoopBudget(SolveRecord record, Budget budget, ToolLoopOptions options)
{
    private readonly Dictionary<string, int> _callsOf = new(StringComparer.Ordinal);
    private readonly HashSet<(string Tool, string Arguments)> _made = [];
    private long _context;
    private int _calls;
    private int _refused;

    /// <summary>
    /// The maximum number of positions that the next turn may generate: the rest after reading the known context again.
    /// </summary>
    public long TokensLeft => Math.Min(budget.TokensPerTurn, record.Remaining - _context);

    /// <summary>The maximum number of positions that a tool may generate.</summary>
    public int ToolTokensLeft => (int)Math.Max(1, record.Remaining);

    public bool IsSpent => TokensLeft < 1;

    /// <summary>Pays for a turn of the main context.</summary>
    public void Pay(ModelTurn turn)
    {
        turn.PayTo(record);
        _context = turn.Usage.Positions - turn.Usage.ThoughtTokens; // chat formats leave old thoughts out
    }

    /// <summary>Moves the positions of a turn that was paid for to the discarded ones, because its text is not used.</summary>
    public void Discard(ModelTurn turn)
    {
        _context = 0;
        record.Usage = record.Usage with
        {
            Prompt = record.Usage.Prompt - turn.Usage.Prompt,
            Generated = record.Usage.Generated - turn.Usage.Generated,
            ThoughtTokens = record.Usage.ThoughtTokens - turn.Usage.ThoughtTokens,
            Discarded = record.Usage.Discarded + turn.Usage.Positions,
        };
    }

    /// <returns>
    /// Why a call is refused now, worded for the model, or <see langword="null"/>
    /// when it is allowed; and whether no more calls are allowed.
    /// </returns>
    public (string? Refusal, bool Final) Admit(CognitiveTool tool, string arguments)
    {
        var total = Math.Min(budget.ToolCalls, options.ToolCalls ?? int.MaxValue);
        if (_calls >= total)
        {
            record.Limit("toolCalls");
            return ($"the budget of {total} tool calls is spent", Final: true);
        }

        if (_made.Contains((tool.Name, arguments)))
            return ($"this call of {tool.Name} was made before with the same arguments; its result is above", Final: false);
        if (_callsOf.GetValueOrDefault(tool.Name) >= budget.CallsPerTool)
        {
            record.Limit($"callsPerTool:{tool.Name}");
            return ($"{tool.Name} was called {budget.CallsPerTool} times, which is its limit; go on without it", Final: false);
        }

        return (null, Final: false);
    }

    /// <summary>Counts a call that is made.</summary>
    /// <returns>The call's zero-based index.</returns>
    public int Count(CognitiveTool tool, string arguments)
    {
        _made.Add((tool.Name, arguments));
        _callsOf[tool.Name] = _callsOf.GetValueOrDefault(tool.Name) + 1;
        return _calls++;
    }

    /// <summary>Counts a refused call.</summary>
    /// <returns>Whether the limit of refused calls is exceeded.</returns>
    public bool CountRefusal()
    {
        if (++_refused <= options.RefusedCalls)
            return false;
        record.Limit("refusedCalls");
        return true;
    }
}
