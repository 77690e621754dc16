using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>A transcript read back.</summary>
/// <param name="Problem">The problem's id.</param>
/// <param name="Question">The text put to the reasoner.</param>
/// <param name="Reasoning">What it made of it; all times are zero.</param>
/// <param name="Exchanges">What the chat model was asked and answered, in order; empty when nothing was recorded.</param>
public sealed record StoredTranscript(string Problem, string Question, Reasoning Reasoning, IReadOnlyList<Exchange> Exchanges);
