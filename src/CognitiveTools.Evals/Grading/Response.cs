using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Grading;

/// <summary>An answer text that some other system produced.</summary>
/// <param name="Problem">The problem's id.</param>
/// <param name="Arm">The system's name.</param>
/// <param name="Sample">Zero-based sample index.</param>
/// <param name="Text">The whole text.</param>
internal sealed record Response(string Problem, string Arm, int Sample, string Text)
{
    /// <summary>Whether a token limit cut the text.</summary>
    public bool Truncated { get; init; }

    /// <summary>Positions spent, as far as the file says.</summary>
    public Usage Usage { get; init; } = Usage.None;

    /// <summary>The response as a reasoning, from which it is judged like one of our own.</summary>
    internal Reasoning AsReasoning() =>
        new(Text, [new Said(Text)], Usage, Truncated ? StopReason.TokenLimit : StopReason.Completed);
}
