using System.Collections.Frozen;

namespace CognitiveTools.Evals.Expressions;

/// <summary>Names that the tokenizer knows.</summary>
internal static class Vocabulary
{
    /// <summary>Functions of one argument.</summary>
    public static readonly FrozenSet<string> Functions = Set(
        "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh ln log lg exp abs");

    /// <summary>Greek letters.</summary>
    public static readonly FrozenSet<string> Greek = Set(
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi rho sigma tau upsilon " +
        "phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell");

    /// <summary>Commands that only set type or space.</summary>
    public static readonly FrozenSet<string> Ignored = Set(
        "left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle quad qquad limits nolimits rm bf it " +
        "thinspace enspace angle triangle measuredangle boxed fbox ensuremath mathstrut");

    /// <summary>Commands whose argument is words, a unit, or a name in another face.</summary>
    public static readonly FrozenSet<string> Faces = Set(
        "text textbf textit textrm textsf texttt textnormal mbox hbox mathrm mathbf mathit mathsf mathtt mathbb mathcal " +
        "boldsymbol bm operatorname emph underline");

    /// <summary>Units of two or three letters that are no products of variables, even right after a number.</summary>
    public static readonly FrozenSet<string> ShortUnits = Set(
        "mm cm dm km in ft yd mi mg kg lb oz ml hr min sec mph deg sq cu per st nd rd th");

    /// <summary>Other words of two or three letters that are no products of variables.</summary>
    public static readonly FrozenSet<string> ShortWords = Set(
        "or and no yes odd not is the an of to for one two six ten red non all mod do we it be he my us so");

    /// <summary>Whole numbers by name.</summary>
    public static readonly FrozenDictionary<string, int> NumberWords =
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".Split(' ')
            .Select((word, value) => (word, value)).ToFrozenDictionary(w => w.word, w => w.value, StringComparer.Ordinal);

    /// <summary>What characters beyond ASCII stand for.</summary>
    public static readonly FrozenDictionary<string, string> Characters = Map(
        @"√ sqrt, π \pi, ∞ \infty, ± \pm, ∓ \mp, ≤ \le, ≥ \ge, ≠ \ne, ≈ \approx, ∈ \in, ∪ \cup, ° ^\circ, ² ^2, ³ ^3, ÷ /, ½ \frac12, " +
        @"¼ \frac14, ¾ \frac34, ⟨ \langle, ⟩ \rangle, α \alpha, β \beta, γ \gamma, θ \theta, λ \lambda, φ \phi, ω \omega, ∅ \emptyset");

    private static readonly FrozenDictionary<string, string> Aliases = Map(
        "dfrac frac, tfrac frac, cfrac frac, dbinom binom, tbinom binom, leq <=, le <=, leqslant <=, geq >=, ge >=, " +
        "geqslant >=, lt <, gt >, equiv =, neq !=, ne !=, approx ~, cdot *, times *, ast *, div /, infty infinity, " +
        "infinity infinity, inf infinity, lbrace set, rbrace endset, lbrack [, rbrack ], lvert |, rvert |, vert |, " +
        "degree circ, union cup, isin in, arcctg arccot, newline row, colon :, dollar $");

    private static readonly FrozenDictionary<string, string> Units = Map(
        "deg degree, dollar dollar, usd dollar, percent %, centimeter cm, centimetre cm, meter m, metre m, kilometer km, " +
        "kilometre km, millimeter mm, millimetre mm, inch in, inche in, foot ft, feet ft, yard yd, mile mi, hour hr, h hr, hrs hr, " +
        "minute min, second sec, s sec, kilogram kg, gram g, pound lb, lbs lb, ounce oz, liter l, litre l, sq square, cu cubic, " +
        "mph mi/hr, st th, nd th, rd th");

    /// <summary>The one name of a command that has several.</summary>
    public static string Command(string name) => Aliases.GetValueOrDefault(name, name);

    /// <summary>Words without articles, in lower case, single spaces.</summary>
    public static string Plain(string words)
    {
        var parts = words.ToLowerInvariant().Split((char[])[' ', '\t', '\r', '\n', '.', ',', '!', '"', '\''], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', parts.Where(p => p is not ("a" or "an" or "the")));
    }

    /// <summary>The one form of a unit: <c>square inches</c> and <c>in^2</c> are the same.</summary>
    public static string Unit(string words)
    {
        var parts = Plain(words.Replace("^", " ^", StringComparison.Ordinal).Replace("/", " / ", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var unit = "";
        var power = "";
        foreach (var part in parts)
        {
            var name = part is "per" ? "/" : Units.GetValueOrDefault(part, Units.GetValueOrDefault(Singular(part), Singular(part)));
            if (name is "square" or "cubic")
                power = name is "square" ? "^2" : "^3";
            else if (name is "squared" or "cubed")
                unit += name is "squared" ? "^2" : "^3";
            else
                (unit, power) = (unit + name + (name[0] is '/' or '^' ? "" : power), name is "/" ? power : "");
        }

        return unit;
    }

    private static string Singular(string word) =>
        word.Length > 3 && word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1] : word;

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // "name other, name other"
    private static FrozenDictionary<string, string> Map(string pairs) =>
        pairs.Split(", ").Select(p => p.Split(' ')).ToFrozenDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
}
