using CognitiveTools.Answers.Expressions;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Reading;

/// <summary>Reads the expression out of the text behind an answer marker.</summary>
internal static class ExpressionCandidate
{
    private const int MostWords = 3;

    /// <summary>Reads a candidate.</summary>
    /// <returns>The text of the answer, or <see langword="null"/> when the candidate gives none.</returns>
    public static string? Read(string candidate, CandidateSource source)
    {
        if (candidate.Length > MathText.LongestCandidate)
            return null;
        if (source is not CandidateSource.Box && AnswerBoxes.Last(candidate).Box is { } box)
            return Read(box.Content, CandidateSource.Box);
        var text = source is CandidateSource.Box ? CandidateText.Trim(candidate) : CandidateText.Bare(candidate);
        if (AnswerPlaceholder.Is(text))
            return null;
        if (source is CandidateSource.Box)
            return text; // whatever is in a box was meant as the answer
        if (IsAnswer(text) && !(IsWords(text) && MathSpans.In(text).Count > 0))
            return text;
        return AnswerProse.Read(text, source) ?? (source is CandidateSource.Line && !HasProse(text) ? text : null);
    }

    /// <summary>Whether a text is an answer and nothing else.</summary>
    public static bool IsAnswer(string text) =>
        text.Length > 0 && !$" {text} ".Contains(" not ", StringComparison.OrdinalIgnoreCase) && !IsSentence(text)
        && Expression.Read(text).Tree is { } tree && IsAnswer(tree);

    /// <summary>Whether a text is an answer of words.</summary>
    public static bool IsWords(string text) => Expression.Read(text).Tree is Words or Unordered { Items: [Words, ..] };

    /// <summary>Whether a text is one letter, which in a sentence may be a name or an article.</summary>
    public static bool IsLetter(string text) => Expression.Read(text).Tree is Symbol { IsLetter: true };

    /// <summary>Whether a text is a value without variables.</summary>
    public static bool IsConstant(string text) => IsAnswer(text) && Expression.Read(text).Tree is { } tree && !NameForms.HasAny(tree);

    private static bool IsAnswer(Node tree) => tree switch
    {
        Words words => words.Text.Length > 0 && words.Text.Count(c => c == ' ') < MostWords && !Vocabulary.GivesNoAnswer(words.Text),
        Unordered list => list.Items.All(i => i is Words) ? list.Items.All(IsAnswer)
            : !list.Items.Any(i => i is Words || HoldsWords(i is Relation r ? r.Parts[^1] : i)),
        Quantity { Value: Symbol { IsLetter: true } } => false, // "a number"
        Relation relation => !HoldsWords(relation.Parts[^1]),
        _ => !HoldsWords(tree),
    };

    // "The value is 12" can be parsed, but the answer is only a part of it.
    private static bool IsSentence(string text) =>
        MathSpans.Hide(text) is var hidden
            && (hidden.Contains(" is ", StringComparison.OrdinalIgnoreCase)
                || hidden.Contains(" are ", StringComparison.OrdinalIgnoreCase));

    // "12 (this is exact)"
    private static bool HoldsWords(Node tree) => tree.Any(n => n is Sum or Product or Power && n.Any(m => m is Words));

    // A lower-case word of two letters or more outside commands: no mathematics that merely could not be parsed.
    private static bool HasProse(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterLower(text[i]) || !char.IsAsciiLetter(text[i - 1]))
                continue;
            var start = i - 1;
            while (start > 0 && char.IsAsciiLetter(text[start - 1]))
                start--;
            if (start == 0 || text[start - 1] is not ('\\' or '{'))
                return true;
            while (i < text.Length && char.IsAsciiLetter(text[i]))
                i++;
        }

        return false;
    }
}
