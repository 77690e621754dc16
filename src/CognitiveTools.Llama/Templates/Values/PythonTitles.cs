using System.Globalization;
using System.Text;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Unicode's letters at the beginning of a title, where they differ from capitals, and what counts as a letter.</summary>
internal static class PythonTitles
{
    // One character that is two letters: of each three forms, the one with a small second letter is for titles.
    private const string Digraphs = "ǄǅǆǇǈǉǊǋǌǱǲǳ";

    // Numerals, letters in circles and raised or lowered letters, which Unicode counts as letters with a case.
    private static readonly (int First, int Last)[] OtherCased =
    [
        (0xaa, 0xaa), (0xba, 0xba), (0x2b0, 0x2b8), (0x2c0, 0x2c1), (0x2e0, 0x2e4), (0x345, 0x345), (0x37a, 0x37a), (0x1d2c, 0x1d6a),
        (0x1d78, 0x1d78), (0x1d9b, 0x1dbf), (0x2071, 0x2071), (0x207f, 0x207f), (0x2090, 0x209c), (0x2160, 0x217f), (0x24b6, 0x24e9),
        (0x2c7c, 0x2c7d), (0xa69c, 0xa69d), (0xa770, 0xa770), (0xa7f8, 0xa7f9), (0xab5c, 0xab5f), (0x10780, 0x10780), (0x10783, 0x10785),
        (0x10787, 0x107b0), (0x107b2, 0x107ba), (0x1f130, 0x1f149), (0x1f150, 0x1f169), (0x1f170, 0x1f189),
    ];

    /// <summary>A character as a title begins with it.</summary>
    public static TemplateText First(RenderContext context, TemplateText character) => character.Value switch
    {
        "ß" => PythonStrings.Map(context, character, static (_, _) => "Ss"),
        [>= '\u10d0' and <= '\u10ff'] => character, // Georgian has capitals for whole words only
        [var one] when Digraphs.IndexOf(one, StringComparison.Ordinal) is >= 0 and var at =>
            PythonStrings.Map(context, character, (_, _) => Digraphs[(at / 3 * 3 + 1)..(at / 3 * 3 + 2)]),
        _ => PythonStrings.Upper(context, character),
    };

    /// <summary>Whether a character has a case, or counts as such.</summary>
    public static bool IsCased(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune)
        && (Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter
            || Array.Exists(OtherCased, range => rune.Value >= range.First && rune.Value <= range.Last));
}
