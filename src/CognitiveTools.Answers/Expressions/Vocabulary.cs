using System.Collections.Frozen;

namespace CognitiveTools.Answers.Expressions;

/// <summary>Names that the tokenizer and the parser know.</summary>
internal static partial class Vocabulary
{
    /// <summary>Functions of one argument.</summary>
    public static readonly FrozenSet<string> Functions = Set(
        "sin cos tan cot sec csc arcsin arccos arctan arccot sinh cosh tanh ln log lg exp abs cis cbrt floor ceil");

    /// <summary>Functions of two or more whole numbers in round brackets.</summary>
    public static readonly FrozenSet<string> ListFunctions = Set("gcd lcm max min");

    /// <summary>Greek letters.</summary>
    public static readonly FrozenSet<string> Greek = Set(
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi rho sigma tau upsilon " +
        "phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell imath jmath");

    /// <summary>Commands that only set type or space, or mark the end of a solution.</summary>
    public static readonly FrozenSet<string> Ignored = Set(
        "left right big Big bigg Bigg bigl bigr Bigl Bigr middle displaystyle textstyle scriptstyle quad qquad limits nolimits rm bf it " +
        "thinspace enspace medspace thickspace negthinspace angle triangle measuredangle boxed fbox framebox ensuremath mathstrut strut " +
        "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge centering noindent hfill dotfill checkmark " +
        "blacksquare " +
        "square Box qed qedhere bigstar star mathop mathord mathrel mathbin mathpunct operatornamewithlimits boldmath");

    /// <summary>Commands whose first argument is no part of the mathematics.</summary>
    public static readonly FrozenSet<string> Dropped = Set(
        "hspace vspace phantom hphantom vphantom color textcolor colorbox tag label raisebox rule");

    /// <summary>Commands whose argument is words, a unit, or a name in another face.</summary>
    public static readonly FrozenSet<string> Faces = Set(
        "text textbf textit textrm textsf texttt textnormal mbox hbox mathrm mathbf mathit mathsf mathtt mathbb mathcal mathfrak mathscr " +
        "boldsymbol bm operatorname emph underline pmb textup");

    /// <summary>Marks over a name.</summary>
    public static readonly FrozenSet<string> Accents = Set(
        "overline overrightarrow overleftarrow overleftrightarrow vec hat widehat bar tilde widetilde dot ddot overarc wideparen " +
        "overset stackrel");

    /// <summary>Environments that only lay out what stands in them.</summary>
    public static readonly FrozenSet<string> Layouts = Set(
        "equation align aligned gather gathered split math displaymath flalign multline center eqnarray alignedat");

    /// <summary>Units of two or three letters that are no products of variables, even right after a number.</summary>
    public static readonly FrozenSet<string> ShortUnits = Set(
        "mm cm cms kms kgs lbs dm km in ft yd mi mg kg lb oz ml hr min sec mph kph rpm deg sq cu per st nd rd th pct usd USD " +
        "EUR GBP INR JPY");

    /// <summary>Other words of two or three letters that are no products of variables.</summary>
    public static readonly FrozenSet<string> ShortWords = Set(
        "or and no yes odd not is the an of to for one two six ten red non all mod do we it be he my us so out too");

    /// <summary>What characters beyond ASCII stand for.</summary>
    public static readonly FrozenDictionary<string, string> Characters = Map(
        @"√ sqrt, ∛ cbrt, π \pi, ∞ \infty, ± \pm, ∓ \mp, ≤ \le, ⩽ \le, ≦ \le, ≥ \ge, ⩾ \ge, ≧ \ge, ≠ \ne, ≈ \approx, ≡ \equiv, ∈ \in, " +
        @"∪ \cup, ∩ \cap, ∖ \setminus, ° ^\circ, º ^\circ, ˚ ^\circ, ÷ /, ½ \frac12, ⅓ \frac13, ⅔ \frac23, ¼ \frac14, ¾ \frac34, " +
        @"⅕ \frac15, ⅖ \frac25, " +
        @"⅗ \frac35, ⅘ \frac45, ⅙ \frac16, ⅚ \frac56, ⅛ \frac18, ⅜ \frac38, ⅝ \frac58, ⅞ \frac78, ⟨ \langle, ⟩ \rangle, α \alpha, " +
        @"β \beta, γ \gamma, " +
        @"δ \delta, ε \epsilon, θ \theta, λ \lambda, μ \mu, ρ \rho, σ \sigma, τ \tau, φ \phi, ϕ \phi, ψ \psi, ω \omega, Ω \Omega, " +
        @"Δ \Delta, ∅ \emptyset, ∠ \angle, " +
        @"△ \triangle, ∴ \therefore, ⇒ \Rightarrow, → \to, ⟹ \implies, ⌊ \lfloor, ⌋ \rfloor, ⌈ \lceil, ⌉ \rceil, … \dots, ⋯ " +
        @"\dots, ‖ |, ∣ |, ′ ', ∧ \land, ∨ \lor, " +
        @"ℝ \mathbb{R}, ℤ \mathbb{Z}, ℕ \mathbb{N}, ℚ \mathbb{Q}, ℂ \mathbb{C}, 。 ., 、 ,, ； ;, （ (, ） ), ［ [, ］ ], ｛ {, ｝ }, ＋ +, " +
        @"＜ <, ＞ >, ∙ \cdot, • \cdot, " +
        @"％ %, ✓ \checkmark, ✔ \checkmark, ✅ \checkmark, ☑ \checkmark, ■ \blacksquare, □ \square, ∎ \blacksquare, ⊤ \top, ¢ cent, ∶ :");

    /// <summary>Characters written above the line.</summary>
    public const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ";

    /// <summary>Characters written below the line.</summary>
    public const string Subscripts = "₀₁₂₃₄₅₆₇₈₉₋₊ₙ";

    /// <summary>What the two lines of small characters stand for, in order.</summary>
    public const string Lowered = "0123456789-+n";

    private static readonly FrozenDictionary<string, string> Aliases = Map(
        "dfrac frac, tfrac frac, cfrac frac, nicefrac frac, sfrac frac, flatfrac frac, dbinom binom, tbinom binom, leq <=, le " +
        "<=, leqslant <=, leqq <=, " +
        "geq >=, ge >=, geqslant >=, geqq >=, lt <, gt >, equiv =, triangleq =, coloneqq =, neq !=, ne !=, approx ~, approxeq ~, " +
        "simeq ~, cdot *, times *, ast *, " +
        "div /, infty infinity, infinity infinity, inf infinity, lbrace set, rbrace endset, lbrack [, rbrack ], lvert |, rvert " +
        "|, vert |, Vert |, lVert |, " +
        "rVert |, degree circ, textdegree circ, union cup, bigcup cup, cap cap, bigcap cap, isin in, backslash setminus, " +
        "smallsetminus setminus, arcctg arccot, newline row, cr row, " +
        "colon :, dollar $, ldots dots, cdots dots, dotsc dots, dotsb dots, dotso dots, vdots dots, lor or, vee or, land and, wedge and, " +
        "Rightarrow arrow, implies arrow, therefore arrow, rightarrow arrow, to arrow, longrightarrow arrow, Longrightarrow " +
        "arrow, Leftrightarrow arrow, " +
        "iff arrow, hookrightarrow arrow, mapsto arrow, pounds £, euro €, texteuro €, textsterling £, yen ¥, bmod mod, pmod " +
        "pmod, mod mod, top T, " +
        "intercal T, varnothing emptyset, O emptyset, choose choose, over over, R RR, Z ZZ, N NN, Q QQ, C CC, hcf gcd, gcf gcd");

    /// <summary>The one name of a command that has several.</summary>
    public static string Command(string name) => Aliases.GetValueOrDefault(name, name);

    /// <summary>Whether a command is known, so that two backslashes before it are one that was escaped twice.</summary>
    public static bool IsCommand(string name) =>
        Aliases.ContainsKey(name) || Ignored.Contains(name) || Faces.Contains(name) || Functions.Contains(name) || Greek.Contains(name)
        || name is "frac" or "sqrt" or "binom" or "pi" or "pm" or "mp" or "cup" or "in" or "overline" or "begin" or "end" or "infty";

    /// <summary>Words without articles, in lower case, single spaces.</summary>
    public static string Plain(string words)
    {
        var parts = words.ToLowerInvariant()
            .Split((char[])[' ', '\t', '\r', '\n', '.', ',', '!', '?', '"', '\'', '`', '(', ')', '*', ':'],
                StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', parts.Where(p => p is not ("a" or "an" or "the")));
    }

    /// <summary>A noun's singular, by its ending.</summary>
    public static string Singular(string word) => word switch
    {
        { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
        { Length: > 3 } when word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') => word[..^1],
        _ => word,
    };

    /// <summary>A set of words written with spaces between them.</summary>
    public static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // "name other, name other"
    private static FrozenDictionary<string, string> Map(string pairs) =>
        pairs.Split(", ").Select(p => p.Split(' ')).ToFrozenDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
}
