using CognitiveTools.Latents;

namespace CognitiveTools.Reasoners;

/// <summary>
/// Keeps the usage, trace, limits, notes and clock of a solve, or of one of
/// its trajectories. Owned by one solve and used by one thread at a time.
/// </summary>
/// <param name="options">Budget and observer.</param>
/// <param name="time">The clock; it starts now.</param>
internal sealed class SolveRecord(SolveOptions options, TimeProvider time)
{
    /// <summary>The note left when the model ended its turn without any text, so that the trace explains an empty answer.</summary>
    public const string NoText = "the model ended its turn without any text";

    private readonly long _start = time.GetTimestamp();
    private readonly List<Step> _steps = [];
    private readonly List<string> _limits = [];
    private readonly List<string> _notes = [];

    public IReadOnlyList<Step> Steps => _steps;

    public IReadOnlyList<string> Limits => _limits;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Positions spent so far; the time is not set.</summary>
    public Usage Usage { get; set; } = Usage.None;

    /// <summary>The text with the answer; empty at first.</summary>
    public string Answer { get; set; } = "";

    /// <summary>Positions that may be spent.</summary>
    /// <value>The default is all of the budget's.</value>
    public long Allowance { get; set; } = options.Budget.Positions;

    /// <summary>
    /// Positions of the allowance that are left, thoughts within their own limit not counted; below 0 when more was spent.
    /// </summary>
    public long Remaining => Allowance - Usage.Positions + Math.Min(Usage.AllThoughtTokens, options.Budget.ThoughtTokens);

    /// <summary>Thought tokens that are left.</summary>
    public long ThoughtsLeft => Math.Max(0, options.Budget.ThoughtTokens - Usage.AllThoughtTokens);

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Wall time of the budget that is left; <see langword="null"/> without a limit.</summary>
    public TimeSpan? TimeLeft => options.Budget.WallTime - Elapsed;

    /// <summary>Adds a step to the trace and reports it to the observer.</summary>
    public void Add(Step step)
    {
        _steps.Add(step);
        options.Observer?.Report(step);
    }

    /// <summary>Adds a remark on the figures, once.</summary>
    public void Note(string note)
    {
        if (!_notes.Contains(note, StringComparer.Ordinal))
            _notes.Add(note);
    }

    /// <summary>Records a limit that was hit, once.</summary>
    public StopReason Limit(string name, StopReason stop = StopReason.TokenLimit)
    {
        if (!_limits.Contains(name, StringComparer.Ordinal))
            _limits.Add(name);
        return stop;
    }

    /// <summary>Records the limit of positions as hit when more was spent than allowed.</summary>
    public void LimitOverspending()
    {
        if (Remaining < 0)
            Limit("positions");
    }

    /// <summary>As <see cref="StopOf(GenerationEnd, int)"/>; a turn that was cut within its thoughts names that limit.</summary>
    public StopReason StopOf(GenerationEnd end, int maxTokens, bool isCutInThought) =>
        isCutInThought && end == GenerationEnd.TokenLimit ? Limit("thoughtTokens") : StopOf(end, maxTokens);

    /// <summary>Maps the end of a generation to the stop reason of a solve; records the limit that cut the text.</summary>
    /// <param name="end">How the generation ended.</param>
    /// <param name="maxTokens">The limit of tokens of the generation.</param>
    public StopReason StopOf(GenerationEnd end, int maxTokens) => end switch
    {
        GenerationEnd.EndOfTurn or GenerationEnd.StopSequence => StopReason.Completed,
        GenerationEnd.TokenLimit => Limit(maxTokens < options.Budget.TokensPerTurn ? "positions" : "tokensPerTurn"),
        GenerationEnd.ContextFull => Limit("context", StopReason.ContextFull),
        GenerationEnd.TimedOut => Limit("wallTime", StopReason.TimedOut),
        _ => StopReason.Failed,
    };

    /// <summary>Records the text of the answer, its thoughts apart.</summary>
    public void Say(SeparatedText said)
    {
        Answer = said.Text;
        Add(new Said(said.Text) { Thoughts = said.Thoughts.Length > 0 ? said.Thoughts : null });
    }

    /// <summary>Records the text of the answer, and why it ended.</summary>
    /// <param name="said">The text, its thoughts apart.</param>
    /// <param name="end">How the generation ended.</param>
    /// <param name="maxTokens">The limit of tokens of the visible text.</param>
    public StopReason Say(SeparatedText said, GenerationEnd end, int maxTokens)
    {
        Say(said);
        if (end == GenerationEnd.EndOfTurn && said.HasThoughtsOnly)
            Note(NoText);
        return StopOf(end, maxTokens, said.HasThoughtsOnly);
    }

    /// <summary>The result so far.</summary>
    public Reasoning Close(StopReason stop, string? error = null) =>
        new(Answer, _steps, Usage with { Elapsed = Elapsed }, stop) { Error = error, LimitsHit = _limits, Notes = _notes };
}
