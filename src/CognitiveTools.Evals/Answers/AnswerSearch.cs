namespace CognitiveTools.Evals.Answers;

/// <summary>
/// Finds the final answer of a text, the same way for every kind of answer. Think blocks are not searched. Of the last
/// <c>ANSWER:</c> line and the last box the line has priority unless they disagree: then the later counts and the
/// conflict is flagged. Then <c>the answer is ...</c>.
/// </summary>
internal static class AnswerSearch
{
    /// <summary>Searches a text.</summary>
    public static Extraction Run(string text, ICandidateReader reader)
    {
        var blocks = ThinkBlocks.Split(text);
        var found = Find(blocks.Visible, reader);
        return found with
        {
            OpenThoughts = blocks.Open,
            TouchesEnd = found.TouchesEnd && !blocks.Open,
            Span = found.Span is { } span ? (blocks.Origin(span.Start), span.Length) : null,
        };
    }

    private static Extraction Find(string text, ICandidateReader reader)
    {
        string? unreadable = null;
        var line = LastReadable(AnswerMarkers.Lines(text), reader, ref unreadable);
        var boxed = BoxedText.Last(text);
        var boxedValue = boxed is { } box ? reader.Read(box.Content, CandidateSource.Box) : null;
        if (boxed is { } unread && boxedValue is null)
            unreadable = unread.Content;

        var agree = line is null || boxedValue is null || reader.AreSame(line.Value.Value, boxedValue);
        if (line is { } marked && (boxedValue is null || agree || marked.End > boxed!.Value.End))
            return new Extraction(marked.Value, AnswerRule.AnswerLine) { Conflict = !agree, TouchesEnd = TouchesEnd(text, marked.End, reader), Span = SpanOf(marked.Content, marked.End, marked.Value, reader) };

        if (boxedValue is not null)
        {
            // Only "\boxed 42" without braces can have been cut.
            var bare = text[boxed!.Value.End - 1] != '}';
            return new Extraction(boxedValue, AnswerRule.Boxed)
            {
                Conflict = !agree,
                TouchesEnd = bare && TouchesEnd(text, boxed.Value.End, reader),
                Span = SpanOf(boxed.Value.Content, boxed.Value.End - (bare ? 0 : 1), boxedValue, reader),
            };
        }

        if (LastReadable(AnswerMarkers.Phrases(text), reader, ref unreadable) is { } phrase)
            return new Extraction(phrase.Value, AnswerRule.AnswerIs) { TouchesEnd = TouchesEnd(text, phrase.End, reader), Span = SpanOf(phrase.Content, phrase.End, phrase.Value, reader) };

        if (reader.Unmarked(text) is { } last)
            return new Extraction(last.Value, AnswerRule.LastNumber) { Unreadable = Shown(unreadable), TouchesEnd = last.AtEnd, Span = last.Span };

        return Extraction.Nothing with { Unreadable = Shown(unreadable) };
    }

    private static (string Value, int End, string Content)? LastReadable(IEnumerable<MarkedText> candidates, ICandidateReader reader, ref string? unreadable)
    {
        foreach (var candidate in candidates.Reverse())
        {
            if (reader.Read(candidate.Content, candidate.Loose ? CandidateSource.Line : CandidateSource.Phrase) is { } value)
                return (value, candidate.End, candidate.Content);
            unreadable ??= candidate.Content;
        }

        return null;
    }

    // The answer's own characters: the number in a phrase, else the candidate without white space and marks around it.
    private static (int Start, int Length)? SpanOf(string content, int end, string value, ICandidateReader reader)
    {
        const string Around = " \t\r\n*_`:$\"'";
        var start = end - content.Length;
        if (reader.Narrow(content, value) is { } narrow)
            return (start + narrow.Start, narrow.Length);
        var lead = content.Length - content.TrimStart(Around.ToCharArray()).Length;
        var length = content[lead..].TrimEnd('.').TrimEnd(Around.ToCharArray()).TrimEnd('.').Length;
        return length > 0 ? (start + lead, length) : null;
    }

    private static bool TouchesEnd(string text, int end, ICandidateReader reader) => end == text.Length && end > 0 && reader.MayBeCut(text);

    private static string? Shown(string? unreadable)
    {
        const int Shown = 200;
        var trimmed = unreadable?.Trim();
        return trimmed is { Length: > Shown } ? trimmed[..Shown] + "…" : trimmed;
    }
}
