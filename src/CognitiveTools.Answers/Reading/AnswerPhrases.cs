using System.Collections.Frozen;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Reading;

/// <summary>Finds <c>the answer is ...</c> and its like in running text.</summary>
internal static class AnswerPhrases
{
    private const int LongestPhrase = 200;
    private const int MostWordsBefore = 8;
    private static readonly string[] Answers = ["answer", "答案"];
    private static readonly string[] Results = ["final result", "result", "conclusion", "结果"];
    private static readonly string[] ChineseVerbs = ["是", "为", "等于", "应为", "应该是", "：", ":", "="];

    // Words that may stand between "answer" and its verb first: "the answer to this question is".
    private static readonly FrozenSet<string> Bridges = WordLists.Set("english/answer-bridges", StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Verbs = WordLists.Set("english/answer-verbs", StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Fillers = WordLists.Set("english/answer-fillers", StringComparer.OrdinalIgnoreCase);

    // Words that introduce an answer which the text does not give.
    private static readonly FrozenSet<string> Traps = WordLists.Set("english/answer-traps", StringComparer.OrdinalIgnoreCase);

    /// <summary>What follows <c>answer is</c>, <c>answer:</c>, <c>答案是</c> or the like, in order, and where such a phrase ends the text,
    /// or -1.</summary>
    public static (List<MarkedText> Found, int Begun) Find(string text) => Find(text, Answers);

    /// <summary>The same for <c>result</c> and <c>conclusion</c>, which may also stand before steps that lead on.</summary>
    public static List<MarkedText> FindResults(string text) => Find(text, Results).Found;

    private static (List<MarkedText> Found, int Begun) Find(string text, string[] nouns)
    {
        var found = new List<MarkedText>();
        var begun = -1;
        foreach (var noun in nouns)
        {
            foreach (var at in Occurrences.Of(text, noun))
            {
                if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]) && char.IsAsciiLetter(noun[0]))
                    continue;
                var from = AfterVerb(text, at + noun.Length, char.IsAsciiLetter(noun[0]));
                if (from < 0 || IsTrap(text, at))
                    continue;
                var limit = Math.Min(LineEnd(text, from, LongestPhrase), text.Length);
                if (AnswerBlock.Opens(text.AsSpan(from, limit - from)) && AnswerBlock.At(text, from) is { } block)
                {
                    found.Add(block with { Loose = false });
                    continue;
                }

                var end = Sentences.End(text, from, limit);
                if (text.AsSpan(from, end - from).Contains('?'))
                    continue; // a question
                if (AnswerBlock.HasContent(text.AsSpan(from, end - from)))
                    found.Add(new MarkedText(text[from..end], end, Loose: false));
                else if (end < text.Length && AnswerBlock.Below(text, end) is { } below)
                    found.Add(below with { Loose = false });
                else if (text.AsSpan(end).IsWhiteSpace())
                    begun = at;
            }
        }

        found.Sort((a, b) => a.End.CompareTo(b.End));
        return (found, begun);
    }

    // "If the answer is 318, then": the clause before the phrase takes it back.
    private static bool IsTrap(string text, int at)
    {
        var start = at;
        while (start > 0 && at - start < 80 && text[start - 1] is not ('.' or ',' or ';' or ':' or '!' or '?' or '\n'))
            start--;
        foreach (var range in text.AsSpan(start, at - start).Split(' '))
        {
            var word = text.AsSpan(start, at - start)[range].Trim("*_\"'()");
            if (word.Equals("true", StringComparison.OrdinalIgnoreCase)
                && text.AsSpan(start, at - start).Contains(" not ", StringComparison.OrdinalIgnoreCase))
                return true; // "it is not true that the answer is 318"
            if (word.Length > 0 && Traps.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
                return true;
        }

        return false;
    }

    private static int AfterVerb(string text, int at, bool spaced)
    {
        at = SkipMarks(text, at);
        if (at == text.Length)
            return -1;
        if (!spaced)
        {
            foreach (var verb in ChineseVerbs)
            {
                if (string.CompareOrdinal(text, at, verb, 0, verb.Length) == 0)
                    return at + verb.Length;
            }

            return -1;
        }

        if (text[at] is ':' or '：' or '=')
            return at + 1;
        for (var words = 0; words <= MostWordsBefore; words++)
        {
            var word = Word(text, at);
            if (word.Length == 0)
                return -1;
            at += word.Length;
            if (words == 0 && word.Equals("of", StringComparison.OrdinalIgnoreCase) && at < text.Length
                && SkipMarks(text, at) is var content && content < text.Length
                    && (text[content] is '$' or '\\' || char.IsAsciiDigit(text[content])))
                return at; // "an answer of $12$"
            if (Verbs.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
                return AfterFillers(text, at);
            if (words == 0 && !Bridges.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
                return -1;
            at = SkipMarks(text, at);
        }

        return -1;
    }

    private static int AfterFillers(string text, int at)
    {
        while (true)
        {
            var next = SkipMarks(text, at);
            var word = Word(text, next);
            if (word.Equals("not", StringComparison.OrdinalIgnoreCase))
                return -1;
            if (word.Length == 0 || !Fillers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)
                || (next + word.Length < text.Length && text[next + word.Length] is '\'' or '_'))
                return at;
            at = next + word.Length;
        }
    }

    private static ReadOnlySpan<char> Word(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] is '\''))
            end++;
        return text.AsSpan(at, end - at);
    }

    private static int SkipMarks(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '*' or '_' or '"')
            at++;
        return at;
    }

    private static int LineEnd(string text, int from, int limit)
    {
        var span = text.AsSpan(from, Math.Min(limit, text.Length - from));
        var end = span.IndexOfAny('\n', '\r');
        return end < 0 ? from + span.Length : from + end;
    }
}
