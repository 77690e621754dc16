using System.Collections.Frozen;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>Names that the tokenizer and the parser know.</summary>
internal static partial class Vocabulary
{
    /// <summary>Functions of one argument.</summary>
    public static readonly FrozenSet<string> Functions = WordLists.Set("latex/functions");

    /// <summary>Functions of two or more whole numbers in round brackets.</summary>
    public static readonly FrozenSet<string> ListFunctions = WordLists.Set("latex/list-functions");

    /// <summary>Greek letters.</summary>
    public static readonly FrozenSet<string> Greek = WordLists.Set("latex/greek");

    /// <summary>Commands that only set type or space, or mark the end of a solution.</summary>
    public static readonly FrozenSet<string> Ignored = WordLists.Set("latex/ignored");

    /// <summary>Commands whose first argument is not part of the mathematics.</summary>
    public static readonly FrozenSet<string> Dropped = WordLists.Set("latex/dropped");

    /// <summary>Commands whose argument is words, a unit, or a name in another face.</summary>
    public static readonly FrozenSet<string> Faces = WordLists.Set("latex/faces");

    /// <summary>Marks over a name.</summary>
    public static readonly FrozenSet<string> Accents = WordLists.Set("latex/accents");

    /// <summary>Environments that only lay out what is in them.</summary>
    public static readonly FrozenSet<string> Layouts = WordLists.Set("latex/layouts");

    /// <summary>Units of two or three letters that are not products of variables, even right after a number.</summary>
    public static readonly FrozenSet<string> ShortUnits = WordLists.Set("latex/short-units");

    /// <summary>Other words of two or three letters that are not products of variables.</summary>
    public static readonly FrozenSet<string> ShortWords = WordLists.Set("latex/short-words");

    /// <summary>What characters beyond ASCII stand for.</summary>
    public static readonly FrozenDictionary<string, string> Characters = WordLists.Map("latex/characters");

    /// <summary>Characters written above the line.</summary>
    public const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ";

    /// <summary>Characters written below the line.</summary>
    public const string Subscripts = "₀₁₂₃₄₅₆₇₈₉₋₊ₙ";

    /// <summary>What the two lines of small characters stand for, in order.</summary>
    public const string Lowered = "0123456789-+n";

    private static readonly FrozenDictionary<string, string> Aliases = WordLists.Map("latex/aliases");

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
}
