using CognitiveTools.Answers.Expressions;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Reading;

/// <summary>
/// Answers that are expressions, as MATH has them: numbers, surds, multiples of pi, complex numbers, polynomials,
/// equations and inequalities, points, intervals, sets, lists, matrices, numbers in a base, words and letters. Two are equal
/// when exact arithmetic says so; a decimal equals a number that is not whole when it is its rounding to about seven digits.
/// Brackets of intervals count, the order of sets and bare lists does not, and units count only when both sides give one.
/// The order of the two matters only where an answer names what was asked for (<c>m + n = 113</c> for 113): a reference of that
/// form asks for the equation. A condition behind a value may be left out (<c>for all x</c>); a value by cases, or with a letter of it
/// fixed, is another answer. A plain residue answers a reference with a modulus, not the other way round. Where answers vote, two are
/// one vote only if either would be right with the other as the reference: <c>3</c> and <c>3 (mod 7)</c> are two.
/// </summary>
internal sealed class ExpressionAnswer : IAnswerKind, ICandidateReader
{
    /// <inheritdoc/>
    public string Name => "expression";

    /// <inheritdoc/>
    public int Version => 4;


    /// <inheritdoc/>
    public string? NormalizeGold(string gold) =>
        gold.Length <= MathText.LongestCandidate && CandidateText.Trim(gold) is { Length: > 0 } trimmed ? trimmed : null;

    /// <inheritdoc/>
    public bool Matches(string answer, string gold) => Compare(answer, gold).Equal;

    /// <inheritdoc/>
    public AnswerComparison Compare(string answer, string gold) => Expression.Read(answer).Compare(Expression.Read(gold));

    /// <summary>Finds the answer, as it was written except for white space and markdown around it.</summary>
    public Extraction Extract(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AnswerSearch.Run(text, this);
    }

    /// <summary>Whether the reference answer is in a text as it is written, except for spaces and commands that only set type.</summary>
    public bool Mentions(string text, string gold)
    {
        if (NormalizeGold(gold) is not { } trimmed || Expression.Normalize(trimmed) is not { Length: > 0 } wanted)
            return false;
        var origins = new List<int>(text.Length);
        var plain = Expression.Normalize(text, origins);
        for (var at = plain.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = plain.IndexOf(wanted, at + 1,
            StringComparison.Ordinal))
        {
            if (StandsAlone(text, origins, at, wanted))
                return true;
        }

        return false;
    }

    /// <inheritdoc/>
    string? ICandidateReader.Read(string candidate, CandidateSource source) => ExpressionCandidate.Read(candidate, source);

    /// <inheritdoc/>
    bool ICandidateReader.AreSame(string a, string b) => Matches(a, b) || Matches(b, a);

    /// <inheritdoc/>
    bool ICandidateReader.MayBeCut(string text) =>
        text[^1] is not ('$' or '*') && !text.EndsWith("\\)", StringComparison.Ordinal) && !text.EndsWith("\\]", StringComparison.Ordinal)
        && !(text[^1] == '}' && AnswerBoxes.Last(text).Box?.End == text.Length);


    // No digit or letter of a longer number or word on either side, and no sign that would make it another number.
    private static bool StandsAlone(string text, List<int> origins, int at, string wanted)
    {
        var start = origins[at];
        var last = origins[at + wanted.Length - 1];
        var before = start > 0 ? text[start - 1] : ' ';
        var after = last + 1 < text.Length ? text[last + 1] : ' ';
        if (char.IsLetterOrDigit(wanted[0]) && (char.IsLetterOrDigit(before) || before is '.' or '-' or '\\'))
            return false;
        if (!char.IsLetterOrDigit(wanted[^1]))
            return true;
        return !char.IsLetterOrDigit(after) && !(after is '.' or ',' && last + 2 < text.Length && char.IsAsciiDigit(text[last + 2]));
    }
}
