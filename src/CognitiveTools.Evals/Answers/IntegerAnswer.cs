namespace CognitiveTools.Evals.Answers;

/// <summary>
/// Integer answers, as AIME and GSM8K have them. Think blocks are not searched. Of the last <c>ANSWER:</c> line and the
/// last box the line has priority unless they disagree: then the later counts and the conflict is flagged. Then
/// <c>the answer is N</c>; then, only when asked, the last number of the text. A number that is not whole is still read
/// (and is then a wrong answer, not a missing one).
/// </summary>
/// <param name="lenient">Whether the last number of a text without any marker counts as its answer.</param>
public sealed class IntegerAnswer(bool lenient = false) : IAnswerKind
{
    /// <summary>Strict reading.</summary>
    public static IntegerAnswer Strict { get; } = new();

    /// <inheritdoc/>
    public string Name => lenient ? "integer-lenient" : "integer";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string? Read(string text) => Extract(text).Answer;

    /// <inheritdoc/>
    public string? NormalizeGold(string gold) => MathText.Plain(gold) is { } plain ? NumberText.Whole(plain) : null;

    /// <inheritdoc/>
    public bool Matches(string answer, string gold) =>
        NormalizeGold(gold) is { } normalized && string.Equals(NormalizeGold(answer), normalized, StringComparison.Ordinal);

    /// <inheritdoc/>
    public bool Mentions(string text, string gold) =>
        NormalizeGold(gold) is { } normalized && NumberText.All(MathText.Ascii(text)).Any(n => n.Value == normalized);

    /// <inheritdoc/>
    public Extraction Extract(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var blocks = ThinkBlocks.Split(text);
        var found = Find(blocks.Visible);
        return found with { OpenThoughts = blocks.Open, TouchesEnd = found.TouchesEnd && !blocks.Open };
    }

    private Extraction Find(string text)
    {
        string? unreadable = null;
        var line = LastReadable(AnswerMarkers.Lines(text), ref unreadable);
        var boxed = BoxedText.Last(text);
        var boxedValue = boxed is { } box ? IntegerCandidate.Read(box.Content, loose: true) : null;
        if (boxed is { } unread && boxedValue is null)
            unreadable = unread.Content;

        if (line is { } marked && (boxedValue is null || boxedValue == marked.Value || marked.End > boxed!.Value.End))
        {
            return new Extraction(marked.Value, AnswerRule.AnswerLine)
            {
                Conflict = boxedValue is not null && boxedValue != marked.Value,
                TouchesEnd = EndsInNumber(text, marked.End),
            };
        }

        if (boxedValue is not null)
            return new Extraction(boxedValue, AnswerRule.Boxed) { Conflict = line is not null };

        if (LastReadable(AnswerMarkers.Phrases(text), ref unreadable) is { } phrase)
            return new Extraction(phrase.Value, AnswerRule.AnswerIs) { TouchesEnd = EndsInNumber(text, phrase.End) };

        if (lenient && LastNumber(text) is { } last)
            return new Extraction(last.Value, AnswerRule.LastNumber) { Unreadable = Shown(unreadable), TouchesEnd = last.AtEnd };

        return Extraction.Nothing with { Unreadable = Shown(unreadable) };
    }

    private static (string Value, int End)? LastReadable(IEnumerable<MarkedText> candidates, ref string? unreadable)
    {
        (string Value, int End)? last = null;
        foreach (var candidate in candidates)
        {
            if (IntegerCandidate.Read(candidate.Content, candidate.Loose) is { } value)
                last = (value, candidate.End);
            else
                unreadable = candidate.Content;
        }

        return last;
    }

    private static (string Value, bool AtEnd)? LastNumber(string text)
    {
        var ascii = MathText.Ascii(text);
        (string Value, bool AtEnd)? last = null;
        foreach (var (value, _, end) in NumberText.All(ascii))
            last = (value, end == ascii.Length);
        return last;
    }

    private static bool EndsInNumber(string text, int end) =>
        end == text.Length && end > 0 && (char.IsDigit(text[end - 1]) || text[end - 1] is ',' or '.' or '/');

    private static string? Shown(string? unreadable)
    {
        const int Shown = 200;
        var trimmed = unreadable?.Trim();
        return trimmed is { Length: > Shown } ? trimmed[..Shown] + "…" : trimmed;
    }
}
