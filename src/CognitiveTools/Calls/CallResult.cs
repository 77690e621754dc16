using CognitiveTools.Reasoners;

namespace CognitiveTools.Calls;

/// <summary>The result of an isolated call: a value in every expected case.</summary>
/// <param name="Outcome">How the call ended.</param>
/// <param name="Text">The output, cleaned and capped; empty without one.</param>
public sealed record CallResult(CallOutcome Outcome, string Text)
{
    /// <summary>Why it is not <see cref="CallOutcome.Answered"/>, else <see langword="null"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The output as the model wrote it, for the log.</summary>
    public string Raw { get; init; } = Text;

    /// <summary>Positions the call used, counted as tool positions.</summary>
    public Usage Usage { get; init; } = Usage.None;

    /// <summary>
    /// Whether the output's verdict is the first of those the tool's contract lists (it accepts what it judged);
    /// <see langword="null"/> without a verdict.
    /// </summary>
    public bool? Accepts { get; init; }

    /// <summary>What was removed, cut or broken; empty when nothing was.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether the call has an output.</summary>
    public bool HasOutput => Outcome is CallOutcome.Answered or CallOutcome.Truncated or CallOutcome.ContractBroken;

    /// <summary>What a host hands to the calling model: the output, or one line that begins with <c>error:</c>.</summary>
    public string ToText() => HasOutput ? Text : $"error: {Reason}";
}
