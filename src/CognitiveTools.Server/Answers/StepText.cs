using CognitiveTools.Reasoners;

namespace CognitiveTools.Server.Answers;

/// <summary>A step of a trace as one paragraph of thinking.</summary>
internal static class StepText
{
    public static string Of(Step step) => step switch
    {
        Said said => Paragraph(said.Thoughts) + Paragraph(said.Text),
        Called called => $"[{called.Tool} {called.Arguments}: {called.Outcome}]\n{called.Observation.Trim()}\n\n",
        Thought thought => FormattableString.Invariant(
            $"[thought {thought.Index}, {thought.Kind}, near {string.Join(", ", thought.Nearest.Select(Near))}]\n") + Read(thought),
        Branch branch => $"[branch {branch.Index}{(branch.Chosen ? ", chosen" : "")}]\n{Paragraph(branch.Text)}",
        Agreement agreement =>
            FormattableString.Invariant($"[greedy decoding has {agreement.Identical} of {agreement.Thoughts} tokens the same]\n"),
        _ => $"[{step.GetType().Name}]\n",
    };

    /// <summary>A text as a paragraph; empty for a blank one.</summary>
    public static string Paragraph(string? text) => string.IsNullOrWhiteSpace(text) ? "" : text.Trim() + "\n\n";

    // What its own state gives; the controls are for measurements.
    private static string Read(Thought thought) =>
        thought.Readings?.GetValueOrDefault("own") is { } text ? $"[it says: {text.ReplaceLineEndings(" ")}]\n" : "";

    private static string Near(TokenShare token) => FormattableString.Invariant($"'{token.Text}' {token.Probability:0.00}");
}
