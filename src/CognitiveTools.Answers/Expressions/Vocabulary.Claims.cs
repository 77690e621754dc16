using System.Collections.Frozen;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <content>Words around a number that say whether the number is the answer.</content>
internal static partial class Vocabulary
{
    // Negations, exceptions, conditions, alternatives and comparisons: none of them leaves a number of their clause as the answer.
    private static readonly FrozenSet<string> Withdrawals = WordLists.Set("english/withdrawals");

    // Said behind an answer, they replace it or deny it.
    private static readonly FrozenSet<string> Retractions = WordLists.Set("english/retractions");

    // A word next to a number that computes with it, bounds it or makes a set or an event of it.
    private static readonly FrozenSet<string> Operations = WordLists.Set("english/operations");

    private static readonly FrozenSet<string> Fractions = WordLists.Set("english/fractions");

    // What "a ... of 9" is called where it is 9.
    private static readonly FrozenSet<string> ValueNames = WordLists.Set("english/value-names");

    /// <summary>Whether a word denies the number of its clause, excepts it, bounds it or makes it depend on something.</summary>
    public static bool Withdraws(string word) => Withdrawals.Contains(word);

    /// <summary>Whether a word behind an answer takes the answer back.</summary>
    public static bool TakesBack(string word) => Retractions.Contains(word);

    /// <summary>Whether a word next to a number computes with it or bounds it.</summary>
    public static bool ActsOnNumber(string word) => Operations.Contains(word);

    /// <summary>Whether a word behind a number adds a part to it or scales it.</summary>
    public static bool IsFraction(string word) => Fractions.Contains(word);

    /// <summary>Whether <c>a total of 9</c> with this word is 9, as <c>multiples of 9</c> is not.</summary>
    public static bool NamesValue(string word) => ValueNames.Contains(word);

    /// <summary>Whether a word is a number in digits or by name.</summary>
    public static bool IsNumeral(string word) => IsNumber(word) || NumberWords.Base(word) is not null;
}
