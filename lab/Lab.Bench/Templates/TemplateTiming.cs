namespace CognitiveTools.Lab.Bench.Templates;

/// <summary>How long a chat template takes.</summary>
/// <param name="Name">The template.</param>
/// <param name="Length">Characters of its source.</param>
/// <param name="Rendered">Characters of the rendered conversation.</param>
/// <param name="Parse">Milliseconds to parse it, which happens once for a model.</param>
/// <param name="Render">Milliseconds to render the conversation.</param>
/// <param name="Refusal">Why it does not render the conversation; the times are then 0.</param>
internal sealed record TemplateTiming(string Name, int Length, int Rendered, double Parse, double Render, string? Refusal);
