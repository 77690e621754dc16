using System.Text.RegularExpressions;

namespace CognitiveTools.Lab.Problems.Shifted;

/// <summary>
/// The same problem with other words for its operations: each word is replaced by one that no wording of these families has, always by
/// the same one, and that the vocabulary of mini2 knows in another sense. Numbers, order and all other words stay, so that only the names
/// are new.
/// </summary>
internal static partial class OtherLexicon
{
    /// <summary>What is replaced, in lower case, and by what.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["add"] = "reach",
        ["digits"] = "goal",
        ["divided"] = "spent",
        ["divisor"] = "pupil",
        ["divisors"] = "jumps",
        ["leaves"] = "owns",
        ["mod"] = "base",
        ["multiply"] = "climbed",
        ["plus"] = "jump",
        ["power"] = "stair",
        ["remainder"] = "purse",
        ["remains"] = "fall",
        ["replace"] = "walk",
        ["result"] = "ground",
        ["sequence"] = "bag",
        ["sum"] = "day",
        ["term"] = "friend",
        ["terms"] = "thief",
        ["times"] = "arrows",
    };

    /// <summary>Renames; a word that begins with a capital letter gets one that does.</summary>
    public static string Of(string text) => Word().Replace(text, static word =>
        !Words.TryGetValue(word.Value.ToLowerInvariant(), out var other) ? word.Value
        : char.IsUpper(word.Value[0]) ? char.ToUpperInvariant(other[0]) + other[1..]
        : other);

    [GeneratedRegex("[A-Za-z]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
