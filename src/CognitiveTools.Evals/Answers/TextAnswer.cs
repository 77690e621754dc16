namespace CognitiveTools.Evals.Answers;

/// <summary>
/// Short plain texts: words, letters, yes or no. Of the last <c>ANSWER:</c> line and the last box the later one counts, then
/// <c>the answer is ...</c>. Think blocks are not searched. White space is one space, case is ignored, and Markdown, quotes
/// and a full stop around the answer are not part of it; everything else is compared as it stands.
/// </summary>
public sealed class TextAnswer : IAnswerKind
{
    private const string Wrapping = " \t*_`\"'$“”‘’";

    /// <inheritdoc/>
    public string Name => "text";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string? Read(string text) => Extract(text).Answer;

    /// <inheritdoc/>
    public string? NormalizeGold(string gold) => Normalize(gold);

    /// <inheritdoc/>
    public bool Matches(string answer, string gold) =>
        Normalize(gold) is { } wanted && string.Equals(Normalize(answer), wanted, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public bool Mentions(string text, string gold) =>
        Normalize(gold) is { } wanted && Normalize(text)?.Contains(wanted, StringComparison.OrdinalIgnoreCase) == true;

    /// <inheritdoc/>
    public Extraction Extract(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var blocks = ThinkBlocks.Split(text);
        return Find(blocks.Visible) with { OpenThoughts = blocks.Open };
    }

    private static Extraction Find(string text)
    {
        var line = Last(AnswerMarkers.Lines(text));
        var boxed = BoxedText.Last(text);
        var inBox = boxed is { } box ? Normalize(box.Content) : null;
        if (line is { } marked && (inBox is null || marked.End > boxed!.Value.End))
        {
            return new Extraction(marked.Value, AnswerRule.AnswerLine)
            {
                Conflict = inBox is not null && !string.Equals(inBox, marked.Value, StringComparison.OrdinalIgnoreCase),
                TouchesEnd = marked.End == text.Length,
            };
        }

        if (inBox is not null)
            return new Extraction(inBox, AnswerRule.Boxed) { Conflict = line is not null && !string.Equals(inBox, line.Value.Value, StringComparison.OrdinalIgnoreCase) };
        return Last(AnswerMarkers.Phrases(text)) is { } phrase
            ? new Extraction(phrase.Value, AnswerRule.AnswerIs) { TouchesEnd = phrase.End == text.Length }
            : Extraction.Nothing;
    }

    private static (string Value, int End)? Last(IEnumerable<MarkedText> candidates)
    {
        (string Value, int End)? last = null;
        foreach (var candidate in candidates)
        {
            if (Normalize(candidate.Content) is { } value)
                last = (value, candidate.End);
        }

        return last;
    }

    private static string? Normalize(string text)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim(Wrapping.ToCharArray());
        words = words.TrimEnd('.').Trim(Wrapping.ToCharArray());
        return words.Length == 0 ? null : words;
    }
}
