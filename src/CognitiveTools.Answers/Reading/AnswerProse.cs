using CognitiveTools.Answers.Expressions;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Reading;

/// <summary>
/// Reads the answer out of a sentence around it: <c>x is 12, which is positive</c>, <c>There are 12 such numbers</c>,
/// <c>12. I hope it is correct.</c> Words that change the answer (<c>is wrong</c>, <c>minus 52</c>) leave no answer.
/// </summary>
internal static class AnswerProse
{
    private const int LongestSentence = 320;
    private const int MostWords = 40;

    private static readonly string[] Clauses =
    [
        ", which", ", since", ", because", ", as ", ", so ", ", where", ", when", ", if ", ", by ", ", with ", ", but ", ", i.e.",
            ", that is", ", and ", " because ", " since ", " which ",
        " where ", " when ", " as ", " so ", " if ", " by ", " and ", "; ", " — ", " – ", " (", "(approx", " for ", " with ", " in total",
            " in all", " after ", ", ", ": ",
    ];

    private static readonly string[] Copulas =
        [" is ", " are ", " equals ", " equal ", " was ", " be ", " get ", " gives ", " give ", " have ", " obtain ", " yields ",
            " becomes ", " find ", " has ", " being ", "'s "];

    private static readonly string[] Conjunctions = ["and ", "or "];

    private static readonly string[] Fillers =
        ["equal to ", "given by ", "then ", "thus ", "therefore ", "simply ", "exactly ", "just ", "clearly ", "indeed ", "found to be ",
            "that ", "to be ", "also ", "only ", "hence ", "now ", "actually ", "precisely "];

    /// <summary>Reads a candidate that is not an answer by itself.</summary>
    public static string? Read(string text, CandidateSource source)
    {
        var sentence = text[..Sentences.End(text, 0, text.Length)];
        if (sentence.Length < text.Length && ExpressionCandidate.IsAnswer(CandidateText.Bare(sentence))
            && !ExpressionCandidate.IsWords(CandidateText.Bare(sentence)))
            return CandidateText.Bare(sentence);
        if (sentence.Length > LongestSentence)
            return OnlySpan(sentence, source);
        foreach (var cut in Cuts(sentence))
        {
            var rest = sentence[cut..];
            if (rest.Length > 0 && (Vocabulary.ChangesMeaning(rest.TrimStart(',', ';', ' ', '(')) || GoesOn(rest)))
                continue;
            if (Direct(sentence[..cut], rest, source) is { } answer)
                return answer;
        }

        return OnlySpan(sentence, source);
    }

    // Where a clause may begin that is not part of the answer; the last one is the end.
    private static SortedSet<int> Cuts(string sentence)
    {
        var hidden = MathSpans.Hide(sentence);
        var cuts = new SortedSet<int>();
        foreach (var clause in Clauses)
        {
            for (var at = hidden.IndexOf(clause, StringComparison.OrdinalIgnoreCase); at > 0
                && cuts.Count < MostWords; at = hidden.IndexOf(clause, at + 1, StringComparison.OrdinalIgnoreCase))
                cuts.Add(at);
        }

        cuts.Add(sentence.Length);
        return cuts;
    }

    // A list goes on: "12 and 18", "3, 4", "B, C and D". "12 and we are done" does not.
    private static bool GoesOn(string rest)
    {
        if (NumberFollows(rest))
            return true;
        var comma = rest.TrimStart() is [',' or ';', ..];
        var next = rest.TrimStart(',', ';', ' ');
        var conjunction = Conjunctions.FirstOrDefault(c => next.StartsWith(c, StringComparison.OrdinalIgnoreCase));
        if (!comma && conjunction is null)
            return false;
        next = next[(conjunction?.Length ?? 0)..].TrimStart();
        var letter = next is [(>= 'a' and <= 'z') or (>= 'A' and <= 'Z'), ..]
            && (next.Length == 1 || next[1] is ',' or '=' || next is [_, ' ', '=', ..] || (comma && next[1] is ' ' or ';'));
        return letter || next is [(>= '0' and <= '9') or '$' or '\\' or '-' or '(' or '[', ..];
    }

    // "6 (seven)", "six (7)", "2 h 15": a second number that nothing joins to the first.
    private static bool NumberFollows(string rest) => rest.TrimStart() is [>= '0' and <= '9', ..]
        || (rest.TrimStart() is ['(', .. var inside] && inside.IndexOf(')', StringComparison.Ordinal) is var close and >= 0
            && (NumberWords.Read(Vocabulary.Plain(inside[..close])) is (_, "") || NumberText.Whole(inside[..close].Trim()) is not null));

    private static string? Direct(string head, string rest, CandidateSource source)
    {
        var bare = CandidateText.Bare(head);
        if (bare.Length == 0)
            return null;
        if (ExpressionCandidate.IsAnswer(bare) && !(ExpressionCandidate.IsWords(bare) && MathSpans.In(bare).Count > 0))
        {
            var clause = rest is "" or [',' or ';' or '(', ..] || rest.StartsWith(" because", StringComparison.Ordinal)
                || rest.StartsWith(" since", StringComparison.Ordinal);
            var doubtful = !clause
                && (ExpressionCandidate.IsWords(bare)
                    || (ExpressionCandidate.IsLetter(bare) && bare is not [(> 'A' and < 'I') or (> 'I' and <= 'Z')]));
            if (!doubtful)
                return bare;
        }

        var hidden = MathSpans.Hide(head);
        var (at, length) = Copulas.Select(c => (At: hidden.IndexOf(c, StringComparison.OrdinalIgnoreCase), c.Length))
            .Where(c => c.At >= 0).DefaultIfEmpty((-1, 0)).MinBy(c => c.Item1);
        return at < 0 ? Leading(head) : Predicate(head[..at], head[(at + length)..], source);
    }

    private static string? Predicate(string subject, string predicate, CandidateSource source)
    {
        predicate = predicate.TrimStart();
        while (Fillers.FirstOrDefault(f => predicate.StartsWith(f, StringComparison.OrdinalIgnoreCase)) is { } filler)
            predicate = predicate[filler.Length..].TrimStart();
        var denied = Vocabulary.ChangesMeaning("is " + predicate);
        var named = CandidateText.Bare(subject);
        if (ExpressionCandidate.IsConstant(named))
            return denied ? null : named; // "12 is the answer"
        var bare = CandidateText.Bare(predicate);
        if (denied || bare.Length == 0)
            return null;
        if (!ExpressionCandidate.IsAnswer(bare))
            return Leading(predicate);
        if (ExpressionCandidate.IsWords(bare))
            return source is CandidateSource.Line && !subject.Any(char.IsAsciiDigit) && MathSpans.In(subject).Count == 0 ? bare : null;
        return bare;
    }

    // The mathematics that a text begins with: a span, or the most words that are one value.
    private static string? Leading(string text)
    {
        text = text.TrimStart();
        if (MathSpans.In(text) is [(0, var end, var content), ..])
            return ExpressionCandidate.IsAnswer(content) && !Vocabulary.ChangesMeaning(text.AsSpan(end)) && !GoesOn(text[end..]) ? content
                : null;
        var words = 0;
        for (var space = text.LastIndexOf(' '); space > 0 && words++ < MostWords; space = text.LastIndexOf(' ', space - 1))
        {
            var head = CandidateText.Bare(text[..space]);
            if (head.Length == 0 || !ExpressionCandidate.IsAnswer(head) || ExpressionCandidate.IsWords(head)
                || ExpressionCandidate.IsLetter(head))
                continue;
            return Vocabulary.ChangesMeaning(text.AsSpan(space)) || NumberFollows(text[space..]) ? null : head;
        }

        return null;
    }

    private static string? OnlySpan(string sentence, CandidateSource source)
    {
        if (source is not CandidateSource.Line || sentence.Contains(" not ", StringComparison.OrdinalIgnoreCase))
            return null;
        return MathSpans.In(sentence) is [(_, var end, var only)] && ExpressionCandidate.IsAnswer(only)
            && !Vocabulary.ChangesMeaning(sentence.AsSpan(end)) ? only : null;
    }
}
