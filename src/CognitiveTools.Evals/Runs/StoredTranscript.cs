using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>A transcript read back.</summary>
/// <param name="Problem">The problem's id.</param>
/// <param name="Question">The text put to the reasoner.</param>
/// <param name="Reasoning">What it made of it; all times are zero.</param>
public sealed record StoredTranscript(string Problem, string Question, Reasoning Reasoning)
{
    /// <summary>The requests to the chat model and its responses, in order; empty when nothing was recorded.</summary>
    internal IReadOnlyList<Exchange> Exchanges { get; init; } = [];
}
