namespace CognitiveTools.Reasoners;

/// <summary>
/// Reports the text that an engine generates as pieces of a solve's text. An engine that does not report it piece by piece is
/// reported as one piece at the end.
/// </summary>
internal sealed class SpokenText(IProgress<TextPiece> observer) : IProgress<string>
{
    private int _reported;

    /// <summary>The observer of an engine's text; <see langword="null"/> when nobody observes the solve.</summary>
    public static SpokenText? For(IProgress<TextPiece>? observer) => observer is null ? null : new(observer);

    public void Report(string value)
    {
        if (value.Length == 0)
            return;
        _reported += value.Length;
        observer.Report(new TextPiece(value, IsThought: false));
    }

    /// <summary>Reports what of the whole text has not been reported.</summary>
    public void Close(string whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        if (whole.Length > _reported)
            Report(whole[_reported..]);
    }
}
