using CognitiveTools.Calls;

namespace CognitiveTools.Answers.Reading;

/// <summary>
/// Finds the final answer of a text, the same way for every kind of answer. Thoughts are not searched (<see cref="ThinkBlocks"/>).
/// Of the last answer line and the last box the line has priority unless they disagree: then the later counts and the conflict is
/// flagged. Then <c>the answer is ...</c>, then <c>the result is ...</c>.
/// </summary>
internal static class AnswerSearch
{
    // A text with more markers than this that cannot be read gives no answer; each costs some milliseconds at most.
    private const int MostCandidates = 64;

    /// <summary>Searches a text.</summary>
    public static Extraction Run(string text, ICandidateReader reader)
    {
        var open = ThinkBlocks.IsOpen(text);
        var found = Find(SpecialTokens.Mask(ThinkBlocks.Mask(text)), reader);
        return found with { OpenThoughts = open, TouchesEnd = found.TouchesEnd && !open };
    }

    private static Extraction Find(string text, ICandidateReader reader)
    {
        string? unreadable = null;
        var (lines, begunLine) = AnswerMarkers.Lines(text);
        var begins = lines.Select(Begin).ToHashSet();
        var line = LastReadable(lines, reader, ref unreadable);
        var (boxed, begunBox) = AnswerBoxes.Last(text);
        var boxedValue = boxed is { } box ? reader.Read(box.Content, CandidateSource.Box) : null;
        if (boxed is { } unread && boxedValue is null)
            unreadable = unread.Content;
        var (phrases, begunPhrase) = AnswerPhrases.Find(text);
        phrases.RemoveAll(p => begins.Contains(Begin(p))); // "ANSWER: 9. No, 10" was read as a line already

        var agree = line is null || boxedValue is null || reader.AreSame(line.Value.Value, boxedValue);
        if (line is { } marked && (boxedValue is null || agree || marked.End > boxed!.Value.End))
            return Checked(Marked(text, marked, AnswerRule.AnswerLine, reader) with { Conflict = !agree }, marked.End);

        if (boxedValue is not null)
            return Checked(Boxed(text, boxed!.Value, boxedValue, reader) with { Conflict = !agree }, boxed.Value.End);

        if (LastReadable(phrases, reader, ref unreadable) is { } phrase)
            return Checked(Marked(text, phrase, AnswerRule.AnswerIs, reader), phrase.End);

        if (LastReadable(AnswerPhrases.FindResults(text), reader, ref unreadable) is { } result)
            return Checked(Marked(text, result, AnswerRule.AnswerIs, reader), result.End);

        if (reader.Unmarked(text) is { } last)
            return new Extraction(last.Value, AnswerRule.LastNumber)
            {
                Unreadable = Shown(unreadable),
                TouchesEnd = last.AtEnd,
                Span = last.Span
            };

        return Extraction.Nothing with { Unreadable = Shown(unreadable) };

        // Another answer was begun behind this one. A box that stays open took it back; a label or phrase at the end did so only
        // where the text was cut, which the scorer knows.
        Extraction Checked(Extraction found, int end)
        {
            if (begunBox >= end)
                return Extraction.Nothing with { Unreadable = Shown(text[begunBox..]), Unfinished = true };
            return found with { Unfinished = Math.Max(begunLine, begunPhrase) >= end };
        }
    }

    // Where the first character of a candidate is that is not a mark.
    private static int Begin(MarkedText candidate) => candidate.End - candidate.Content.AsSpan().TrimStart(" \t\r\n*_:").Length;

    private static Extraction Marked(string text, (string Value, int End, string Content) found, AnswerRule rule,
        ICandidateReader reader) => new(found.Value, rule)
        {
            TouchesEnd = TouchesEnd(text, found.End, reader),
            Span = SpanOf(found.Content, found.End, found.Value, reader),
        };

    private static Extraction Boxed(string text, BoxedText box, string value, ICandidateReader reader)
    {
        // Only "\boxed 42" without braces can have been cut.
        var bare = text[box.End - 1] != '}';
        var content = text.LastIndexOf(box.Content, box.End - 1, StringComparison.Ordinal);
        return new Extraction(value, AnswerRule.Boxed)
        {
            TouchesEnd = bare && TouchesEnd(text, box.End, reader),
            Span = content >= box.Start ? SpanOf(box.Content, content + box.Content.Length, value, reader)
                : (box.Start, box.End - box.Start),
        };
    }

    private static (string Value, int End, string Content)? LastReadable(List<MarkedText> candidates, ICandidateReader reader,
        ref string? unreadable)
    {
        for (var i = candidates.Count - 1; i >= Math.Max(0, candidates.Count - MostCandidates); i--)
        {
            var candidate = candidates[i];
            if (reader.Read(candidate.Content, candidate.Loose ? CandidateSource.Line : CandidateSource.Phrase) is { } value)
                return (value, candidate.End, candidate.Content);
            unreadable ??= candidate.Content;
        }

        return null;
    }

    // The answer's own characters: the number in a phrase, the answer where it occurs as it was read, else the candidate without
    // white space and marks around it.
    private static (int Start, int Length)? SpanOf(string content, int end, string value, ICandidateReader reader)
    {
        const string Around = " \t\r\n*_`:$\"'";
        var start = end - content.Length;
        if (reader.Narrow(content, value) is { } narrow)
            return (start + narrow.Start, narrow.Length);
        if (content.IndexOf(value, StringComparison.Ordinal) is var at and >= 0)
            return (start + at, value.Length);
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
