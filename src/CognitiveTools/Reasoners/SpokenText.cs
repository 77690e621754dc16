using CognitiveTools.Latents;

namespace CognitiveTools.Reasoners;

/// <summary>
/// Reports the text that an engine generates as pieces of a solve's text. What an engine does not report piece by piece is reported at
/// the end, thoughts first.
/// </summary>
internal sealed class SpokenText(IProgress<TextPiece> observer) : IProgress<ContinuationPiece>
{
    private int _visible;
    private int _thought;

    /// <summary>The observer of an engine's text; <see langword="null"/> when nobody observes the solve.</summary>
    public static SpokenText? For(IProgress<TextPiece>? observer) => observer is null ? null : new(observer);

    public void Report(ContinuationPiece value)
    {
        if (value.Text.Length == 0)
            return;
        (value.IsThought ? ref _thought : ref _visible) += value.Text.Length;
        observer.Report(new TextPiece(value.Text, value.IsThought));
    }

    /// <summary>Reports what of the text so far has not been reported.</summary>
    public void CatchUp(string text, string thoughts)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(thoughts);
        if (thoughts.Length > _thought)
            Report(new(thoughts[_thought..], IsThought: true));
        if (text.Length > _visible)
            Report(new(text[_visible..], IsThought: false));
    }

    /// <inheritdoc cref="CatchUp(string, string)"/>
    public void CatchUp(SeparatedText said)
    {
        ArgumentNullException.ThrowIfNull(said);
        CatchUp(said.Text, said.Thoughts);
    }
}
