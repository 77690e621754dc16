using CognitiveTools.Calls;
using CognitiveTools.Reasoners;
using CognitiveTools.Tools;

namespace CognitiveTools.Loop;

/// <summary>The bill of one solve and its limits: positions, calls, wall time, and the names of the limits hit.</summary>
internal sealed class LoopLedger(Budget budget, ToolLoopOptions options, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly Dictionary<string, int> _callsOf = new(StringComparer.Ordinal);
    private readonly HashSet<(string Tool, string Arguments)> _made = [];
    private readonly List<string> _limits = [];
    private readonly List<string> _notes = [];
    private long _context;
    private int _refused;

    public Usage Usage { get; private set; } = Usage.None;

    public int Calls { get; private set; }

    public IReadOnlyList<string> Limits => _limits;

    public IReadOnlyList<string> Notes => _notes;

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public TimeSpan? TimeLeft => budget.WallTime - Elapsed;

    /// <summary>
    /// Positions the next turn may generate at most: what is left once the context, as far as it is known, has been read again.
    /// </summary>
    public long TokensLeft => Math.Min(budget.TokensPerTurn, budget.Positions - Usage.Positions - _context);

    /// <summary>Positions a tool may generate at most.</summary>
    public int ToolTokensLeft => (int)Math.Max(1, budget.Positions - Usage.Positions);

    public bool IsSpent => TokensLeft < 1;

    public void Hit(string limit)
    {
        if (!_limits.Contains(limit, StringComparer.Ordinal))
            _limits.Add(limit);
    }

    public void Note(string note)
    {
        if (!_notes.Contains(note, StringComparer.Ordinal))
            _notes.Add(note);
    }

    /// <summary>Pays for a turn of the main context.</summary>
    public void Pay(ModelTurn turn)
    {
        Usage += turn.Usage;
        _context = turn.Usage.Positions;
        foreach (var note in turn.Notes)
            Note(note);
    }

    /// <summary>Moves a turn that was paid for to the discarded positions: its text was thrown away.</summary>
    public void Discard(ModelTurn turn)
    {
        _context = 0;
        Usage = Usage with
        {
            Prompt = Usage.Prompt - turn.Usage.Prompt,
            Generated = Usage.Generated - turn.Usage.Generated,
            Discarded = Usage.Discarded + turn.Usage.Positions,
        };
    }

    public void Pay(Usage call) => Usage += call;

    /// <returns>Why a call may not be made now, in words for the model, or <see langword="null"/> when it may; and whether it is the end of all calls.</returns>
    public (string? Refusal, bool Final) Admit(CognitiveTool tool, string arguments)
    {
        var total = Math.Min(budget.ToolCalls, options.ToolCalls ?? int.MaxValue);
        if (Calls >= total)
        {
            Hit("toolCalls");
            return ($"the budget of {total} tool calls is spent", Final: true);
        }

        if (_made.Contains((tool.Name, arguments)))
            return ($"this call of {tool.Name} was made before with the same arguments; its result is above", Final: false);
        if (_callsOf.GetValueOrDefault(tool.Name) >= budget.CallsPerTool)
        {
            Hit($"callsPerTool:{tool.Name}");
            return ($"{tool.Name} was called {budget.CallsPerTool} times, which is its limit; go on without it", Final: false);
        }

        return (null, Final: false);
    }

    /// <returns>The call's zero-based index.</returns>
    public int Record(CognitiveTool tool, string arguments)
    {
        _made.Add((tool.Name, arguments));
        _callsOf[tool.Name] = _callsOf.GetValueOrDefault(tool.Name) + 1;
        return Calls++;
    }

    /// <returns>Whether there were too many refusals.</returns>
    public bool RecordRefusal()
    {
        if (++_refused <= options.RefusedCalls)
            return false;
        Hit("refusedCalls");
        return true;
    }

    /// <summary>The bill at the end of the solve; the limit of positions is noted as hit when the last turn went over it.</summary>
    public Usage Final()
    {
        if (Usage.Positions > budget.Positions)
            Hit("positions");
        return Usage with { Elapsed = Elapsed };
    }
}
