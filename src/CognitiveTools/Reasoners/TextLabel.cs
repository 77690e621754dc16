namespace CognitiveTools.Reasoners;

/// <summary>Passes pieces of text on with what their source knows about them.</summary>
internal sealed class TextLabel : IProgress<TextPiece>
{
    private readonly IProgress<TextPiece> _inner;
    private readonly Func<TextPiece, TextPiece> _change;

    private TextLabel(IProgress<TextPiece> inner, Func<TextPiece, TextPiece> change) => (_inner, _change) = (inner, change);

    /// <summary>Marks all visible text as text of the answer.</summary>
    public static IProgress<TextPiece>? OfAnswer(IProgress<TextPiece>? inner) =>
        inner is null ? null : new TextLabel(inner, static piece => piece with { IsAnswer = !piece.IsThought });

    /// <summary>Marks text as that of one of several samples, of which any may be the answer.</summary>
    public static IProgress<TextPiece>? OfSample(IProgress<TextPiece>? inner, int sample) =>
        inner is null ? null : new TextLabel(inner, piece => piece with { IsAnswer = false, Sample = sample });

    public void Report(TextPiece value) => _inner.Report(_change(value));
}
