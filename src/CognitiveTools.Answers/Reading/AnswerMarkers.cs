using CognitiveTools.Answers.Texts;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Answers.Reading;

/// <summary>Finds answer lines, answer tags and the answers of JSON objects.</summary>
internal static class AnswerMarkers
{
    private static readonly string[] Tags = ["<answer>", "<final_answer>", "<final answer>", "<finalanswer>"];
    private static readonly string[] Keys = ["\"answer\"", "\"final_answer\"", "\"final answer\"", "\"finalAnswer\""];

    /// <summary>The answers behind labels, in tags and in JSON, in order, and where a marker has nothing behind it, or
    /// -1.</summary>
    public static (List<MarkedText> Found, int Begun) Lines(string text)
    {
        var found = new List<MarkedText>();
        var begun = -1;
        foreach (var line in AnswerLines.Find(text))
        {
            if (Behind(text, line.Content, line.End) is { } content)
                found.Add(content with { Loose = true });
            else if (string.IsNullOrWhiteSpace(text[line.End..Math.Min(text.Length, line.End + 1)]) && text.AsSpan(line.End).IsWhiteSpace())
                begun = line.Start;
        }

        foreach (var tag in Tags)
            Tagged(text, tag, found, ref begun);
        foreach (var key in Keys)
            Json(text, key, found);
        found.Sort((a, b) => a.End.CompareTo(b.End));
        return (found, begun);
    }

    /// <summary>The text at an index: the rest of the line, or display mathematics, code or a list that begins there or below.</summary>
    public static MarkedText? Behind(string text, int from, int lineEnd)
    {
        var content = text.AsSpan(from, lineEnd - from);
        if (AnswerBlock.Opens(content) && AnswerBlock.At(text, from) is { } block)
            return block;
        if (AnswerBlock.HasContent(content))
            return new MarkedText(content.ToString(), lineEnd, Loose: false);
        return AnswerBlock.Below(text, lineEnd);
    }

    private static void Tagged(string text, string tag, List<MarkedText> found, ref int begun)
    {
        var closing = "</" + tag[1..];
        var end = -1; // where the next closing tag is
        foreach (var at in Occurrences.Of(text, tag))
        {
            var from = at + tag.Length;
            if (end >= 0 && end < from || end == -1)
                end = text.IndexOf(closing, from, StringComparison.OrdinalIgnoreCase) is var next and >= 0 ? next : text.Length;
            if (end < text.Length && end - from <= MathText.LongestCandidate && !string.IsNullOrWhiteSpace(text[from..end]))
                found.Add(new MarkedText(text[from..end], end, Loose: true));
            else if (end == text.Length && end - from <= MathText.LongestCandidate)
                begun = Math.Max(begun, at); // the text ends inside it
        }
    }

    private static void Json(string text, string key, List<MarkedText> found)
    {
        foreach (var at in Occurrences.Of(text, key))
        {
            var from = at + key.Length;
            while (from < text.Length && (char.IsWhiteSpace(text[from]) || text[from] == ':') && from - at < 40)
                from++;
            if (from == text.Length || !text.AsSpan(at + key.Length, from - at - key.Length).Contains(':'))
                continue;
            var quoted = text[from] == '"';
            from += quoted ? 1 : 0;
            var end = from;
            while (end < text.Length && end - from < MathText.LongestCandidate
                && !(quoted ? text[end] == '"' && text[end - 1] != '\\' : text[end] is ',' or '}' or '\n'))
                end++;
            if (end < text.Length && AnswerBlock.HasContent(text.AsSpan(from, end - from)))
                found.Add(new MarkedText(text[from..end], end, Loose: true));
        }
    }
}
