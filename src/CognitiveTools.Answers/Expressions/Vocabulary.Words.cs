using System.Collections.Frozen;

namespace CognitiveTools.Answers.Expressions;

/// <content>What words of ordinary language say about the number before them.</content>
internal static partial class Vocabulary
{
    /// <summary>
    /// Words that name no thing that could be counted: the closed classes of English, words that compute with the number or
    /// compare it, and words that judge it. Behind a number they make another answer of it.
    /// </summary>
    private static readonly FrozenSet<string> NoNouns = Set(
        "a an the this that these those some any no none every each either neither both other another such same own much many " +
        "few fewer less more most least " +
        "i you he she it we they me him her us them who whom whose which what when where why how there here then than thus hence " +
        "so therefore now " +
        "and or nor but yet if unless until while because since although though whether as like via " +
        "at by for from in into of off on onto out over to toward towards under up upon with within without about above across " +
        "after against along among " +
        "around before behind below beneath beside between beyond down during except near outside past through throughout inside again " +
        "is are was were be been being am do does did done has have had having can could may might must shall should will would cannot " +
        "not never only just even still also too very quite rather almost nearly approximately roughly about exactly precisely " +
        "perhaps maybe " +
        "wrong incorrect correct right true false impossible possible invalid valid undefined unknown unclear negative positive " +
        "nonnegative infinite infinity finite " +
        "plus minus times divided multiplied subtract add added sum difference product quotient squared cubed square cube root " +
        "power factorial doubled tripled halved " +
        "double triple quadruple half halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths seventh " +
        "sevenths eighth eighths ninth ninths tenth tenths hundredth hundredths thousandth thousandths twice thrice mod modulo " +
        "reciprocal inverse opposite choose percent percentage " +
        "larger smaller bigger greater higher lower later earlier longer shorter older younger better worse best worst maximum " +
        "minimum max min " +
        "equals equal gives give get gets makes make leaves leave remains remain becomes become exists exist works work holds " +
        "hold fails fail " +
        "hundred thousand million billion trillion quadrillion dozen score gross pair pairs couple dozens hundreds thousands " +
        "millions billions trillions lakh crore googol " +
        "first second last next previous final answer undetermined unless nothing everything zero one two three four five six " +
        "seven eight nine ten " +
        "zeros zeroes ones twos threes fours fives sixes sevens eights nines tens elevens twelves teens twenties thirties forties " +
        "fifties sixties seventies eighties nineties " +
        "kilo mega giga tera milli micro nano pico centi deci deca hecto kilos megas millis " +
        "short missing lacking upward upwards onward onwards downward downwards backward backwards forwards afterward afterwards " +
        "conjugate conjugates complement transpose modulus otherwise else elsewhere whenever excess deficit surplus");

    private static readonly FrozenSet<string> NounsInEd = Set(
        "seed seeds bed beds shed sheds weed weeds breed breeds feed feeds speed speeds steed deed deeds reed reeds sled sleds " +
        "creed creeds");

    // A first word behind a number that computes with it, compares it, hedges it or denies it.
    private static readonly FrozenSet<string> Changers = Set(
        "plus minus times divided multiplied squared cubed factorial mod modulo choose over percent less more fewer below above " +
        "greater larger smaller lower higher or " +
        "hundred thousand million billion trillion quadrillion dozen dozens pair pairs couple score gross lakh crore doubled " +
        "tripled halved doubling to " +
        "unless except wrong incorrect impossible false invalid not isn't wasn't cannot can't isnt excluded rejected never at");

    private static readonly FrozenSet<string> Copulas = Set("is was are were seems looks appears would could might may can must");

    private static readonly FrozenSet<string> Denials = Set(
        "not wrong incorrect impossible false invalid excluded rejected too never no n't unlikely off");

    // What a sentence says in the place of an answer.
    private static readonly FrozenSet<string> NoAnswers = Set(
        "see above below given unknown follows shown done here there correct right fine clear obvious unclear know sorry i we " +
        "you it this that cannot can't " +
        "unable pending because therefore thus hence is are was be as so if then when which following determined calculated " +
        "found wait let hope");

    // Words for a value that does not exist, and for a set without elements.
    private static readonly FrozenSet<string> Empties = Set(
        "no_solution no_real_solution none empty_set emptyset null_set no_solution_exist no_solution_exists no_real_number " +
        "no_such_number no_such_value no_value no_root no_real_root " +
        "no_real_value no_integer_solution empty void no_such_x no_such_integer no_number");

    private static readonly FrozenSet<string> NoneWords = Set("no real solution exist exists such possible valid to this equation for x");

    private static readonly FrozenSet<string> Missing = Set(
        "dne does_not_exist doe_not_exist limit_does_not_exist it_does_not_exist undefined not_defined not_exist");

    private static readonly FrozenSet<string> AllReals = Set(
        "all_real_number all_real all_reals all_number real_number set_of_real_number set_of_all_real_number every_real_number " +
        "any_real_number real all_real_value all_real_x");

    private static readonly string[] Openings =
        ["for ", "it is ", "it's ", "they are ", "there is ", "there are ", "this is ", "final answer is ", "answer is ", "on ", "in the "];

    /// <summary>Whether a word can name things that are counted: no word of a closed class and no participle.</summary>
    public static bool IsNoun(string word) =>
        word.Length > 2 && word.All(c => char.IsLetter(c) || c == '-') && !NoNouns.Contains(word)
        && (!word.EndsWith("ed", StringComparison.Ordinal) || NounsInEd.Contains(word)) && !word.EndsWith("ly", StringComparison.Ordinal)
        && !word.EndsWith("n't", StringComparison.Ordinal);

    /// <summary>
    /// Whether the words behind a number make another answer of it: <c>million</c>, <c>or more</c>, <c>is not correct</c>,
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
