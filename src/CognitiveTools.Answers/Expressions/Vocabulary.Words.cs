using System.Collections.Frozen;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <content>What words of ordinary language say about the number before them.</content>
internal static partial class Vocabulary
{
    /// <summary>
    /// Words that name no thing that could be counted: the closed classes of English, words that compute with the number or
    /// compare it, and words that judge it. Behind a number they change the answer.
    /// </summary>
    private static readonly FrozenSet<string> NoNouns = WordLists.Set("english/no-nouns");

    private static readonly FrozenSet<string> NounsInEd = WordLists.Set("english/nouns-in-ed");

    // A first word behind a number that computes with it, compares it, hedges it or denies it.
    private static readonly FrozenSet<string> Changers = WordLists.Set("english/changers");

    private static readonly FrozenSet<string> Copulas = WordLists.Set("english/copulas");

    private static readonly FrozenSet<string> Denials = WordLists.Set("english/denials");

    // What a sentence says in the place of an answer.
    private static readonly FrozenSet<string> NoAnswers = WordLists.Set("english/no-answers");

    // Words for a value that does not exist, and for a set without elements.
    private static readonly FrozenSet<string> Empties = WordLists.Set("english/empties");

    private static readonly FrozenSet<string> NoneWords = WordLists.Set("english/none-words");

    private static readonly FrozenSet<string> Missing = WordLists.Set("english/missing");

    private static readonly FrozenSet<string> AllReals = WordLists.Set("english/all-reals");

    private static readonly string[] Openings =
        ["for ", "it is ", "it's ", "they are ", "there is ", "there are ", "this is ", "final answer is ", "answer is ", "on ", "in the "];

    /// <summary>Whether a word can name things that are counted: no word of a closed class and no participle.</summary>
    public static bool IsNoun(string word) =>
        word.Length > 2 && word.All(c => char.IsLetter(c) || c == '-') && !NoNouns.Contains(word)
        && (!word.EndsWith("ed", StringComparison.Ordinal) || NounsInEd.Contains(word)) && !word.EndsWith("ly", StringComparison.Ordinal)
        && !word.EndsWith("n't", StringComparison.Ordinal);

    /// <summary>
    /// Whether the words behind a number change the answer: <c>million</c>, <c>or more</c>, <c>is not correct</c>,
    /// <c>minus 52</c>.
    /// </summary>
    public static bool ChangesMeaning(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart();
        if (rest is [var first, ..] && "+-*/^=<>×÷".Contains(first, StringComparison.Ordinal)
            && rest[1..].TrimStart() is [var next, .. var more] && (!char.IsLetter(next) || more is [] or [' ', ..]))
            return true; // a computation goes on
        var shown = rest[..Math.Min(rest.Length, 80)].ToString();
        foreach (var mark in "$\\{}")
            shown = shown.Replace(mark, ' ');
        var words = Plain(shown).Split(' ');
        var at = words[0] is "text" or "mathrm" && words.Length > 1 ? 1 : 0;
        var behind = at + 1 < words.Length ? words[at + 1] : "";
        return words[at] switch
        {
            "mod" or "modulo" => behind.Length == 1 || IsNumber(behind), // "(mod 7)", "(mod p)"
            "not" => !IsNumber(behind), // "12, not 13" stays 12
            "of" => IsNumber(behind), // "9 of 10"
            "and" => IsPart(behind) || (behind is "one" && at + 2 < words.Length && IsPart(words[at + 2])), // "9 and a half"
            "otherwise" or "else" or "elsewhere" => true,
            "if" or "when" or "for" when words.Skip(at).Any(w => w is "otherwise" or "else" or "elsewhere") => true,
            "to" => IsNumber(behind) || behind is "infinity",
            "at" => behind is "most" or "least",
            var word when Changers.Contains(word) => true,
            var word => Copulas.Contains(word) && words.Skip(at + 1).Take(3).Any(Denials.Contains),
        };
    }

    private static bool IsPart(string word) => word is "half" or "third" or "quarter";

    private static bool IsNumber(string word) => word.Length > 0 && char.IsAsciiDigit(word[0]);

    /// <summary>Whether words end with what a point, a pair or an interval is called.</summary>
    public static bool IsTitle(string words) =>
        Plain(words).Split(' ')[^1] is "point" or "points" or "pair" or "interval" or "vector" or "coordinates" or "at" or "vertex"
            or "center" or "focus";

    /// <summary>Whether words in brackets behind an answer only comment on it: <c>(the only solution)</c>, not
    /// <c>(incorrect)</c>.</summary>
    public static bool IsComment(string plain) => plain.Contains(' ', StringComparison.Ordinal) && !ChangesMeaning(plain)
        && NumberWords.Read(plain) is not (_, "")
        && !plain.Split(' ').Any(w => Denials.Contains(w) || Changers.Contains(w) || w is "except" or "excluding" or "without" or "unless");

    /// <summary>Whether words stand where an answer would stand and give none: <c>see above</c>.</summary>
    public static bool GivesNoAnswer(string plain) => plain.Split(' ').Any(NoAnswers.Contains);

    /// <summary>What words mean, in one form: no opening, singular nouns, no hyphens; one name for "no solution" and "does not
    /// exist".</summary>
    public static string Meaning(string plain)
    {
        foreach (var opening in Openings)
        {
            if (plain.StartsWith(opening, StringComparison.Ordinal) && plain.Length > opening.Length)
                plain = plain[opening.Length..];
        }

        var joined = string.Join('_', plain.Replace("-", "", StringComparison.Ordinal).Split(' ').Select(Singular));
        var parts = joined.Split('_');
        if (joined.EndsWith("not_exist", StringComparison.Ordinal))
            return "does not exist";
        if (joined is "integer" or "all_integer" or "set_of_integer" or "set_of_all_integer")
            return "all integers";
        if (joined is "positive_real_number" or "all_positive_real_number" or "positive_real" or "all_positive_real")
            return "positive reals";
        if (parts[0] is "no" && parts.Contains("solution") && parts.All(NoneWords.Contains))
            return "no solution";
        return Empties.Contains(joined) ? "no solution" : Missing.Contains(joined) ? "does not exist" : AllReals.Contains(joined)
            ? "all reals"
            : joined.Replace("_", "", StringComparison.Ordinal);
    }
}
