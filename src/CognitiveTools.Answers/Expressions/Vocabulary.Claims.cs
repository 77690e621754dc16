using System.Collections.Frozen;

namespace CognitiveTools.Answers.Expressions;

/// <content>Words around a number that say whether the number is the answer.</content>
internal static partial class Vocabulary
{
    // Negations, exceptions, conditions, alternatives and comparisons: none of them leaves a number of their clause as the answer.
    private static readonly FrozenSet<string> Withdrawals = Set(
        "not no never nor neither none nothing cannot but except excepting excluding excludes excluded besides without unless if else " +
        "otherwise alternatively instead depending depends provided assuming than bound bounds anything everything " +
        "undetermined undefined unknown unclear undecidable indeterminate wrong incorrect false invalid impossible unlikely doubtful " +
        "maybe perhaps possibly might could isn't aren't wasn't can't don't doesn't didn't won't ruled rejected avoid avoids");

    // Said behind an answer, they replace it or deny it.
    private static readonly FrozenSet<string> Retractions = Set(
        "no wait sorry correction oops wrong incorrect false invalid impossible actually rather instead otherwise else unless");

    // A word beside a number that computes with it, bounds it or makes a set or an event of it.
    private static readonly FrozenSet<string> Operations = Set(
        "twice thrice double triple quadruple half third quarter square cube sqrt root cbrt log ln lg exp sin cos tan cot sec csc " +
        "arcsin arccos arctan abs floor ceil factorial mod modulo times plus minus negative by per over under above below beyond within " +
        "least most up more less fewer greater larger smaller higher lower almost nearly near exceeds exceed divides divide " +
        "approaches approaching in base pow power order until till before after past beneath around against versus every " +
        "nonzero non bigger upwards down onwards counting");

    private static readonly FrozenSet<string> Fractions = Set(
        "half halves thirds quarter quarters fourths fifths sixths sevenths eighths ninths tenths hundredths thousandths bn mn tn bln " +
        "mln squared cubed factorial fold power");

    // What "a ... of 9" is called where it is 9.
    private static readonly FrozenSet<string> ValueNames = Set(
        "total answer value result count sum maximum minimum number score length area volume perimeter distance radius side cost price " +
        "profit age weight height width speed rate time average mean median mode range probability measure angle remainder difference " +
        "product quotient amount salary revenue income consisting consists loss savings grade solution");

    /// <summary>Whether a word denies the number of its clause, excepts it, bounds it or makes it depend on something.</summary>
    public static bool Withdraws(string word) => Withdrawals.Contains(word);

    /// <summary>Whether a word behind an answer takes the answer back.</summary>
    public static bool TakesBack(string word) => Retractions.Contains(word);

    /// <summary>Whether a word beside a number computes with it or bounds it.</summary>
    public static bool ActsOnNumber(string word) => Operations.Contains(word);

    /// <summary>Whether a word behind a number adds a part to it or scales it.</summary>
    public static bool IsFraction(string word) => Fractions.Contains(word);

    /// <summary>Whether <c>a total of 9</c> with this word is 9, as <c>multiples of 9</c> is not.</summary>
    public static bool NamesValue(string word) => ValueNames.Contains(word);

    /// <summary>Whether a word is a number in digits or by name.</summary>
    public static bool IsNumeral(string word) => IsNumber(word) || NumberWords.Base(word) is not null;
}
