using System.Collections.Frozen;
using System.Text;

namespace CognitiveTools.Answers.Texts;

/// <summary>
/// Text in which a letter and an accent behind it are one character (NFC). <see cref="string.Normalize()"/> does nothing where
/// globalization is invariant, as it is in this toolkit's programs. Knows the accents of the languages in Latin letters, of
/// modern Greek and of Russian; other marks stay as they are.
/// </summary>
internal static class ComposedText
{
    // An accent, the letters it is on, and the letters with it.
    private static readonly (char Accent, string Letters, string Composed)[] Table =
    [
        ('\u0300', "AEIOUaeiouNnWwYyÂâÊêÔôĂăƠơƯư", "ÀÈÌÒÙàèìòùǸǹẀẁỲỳẦầỀềỒồẰằỜờỪừ"),
        ('\u0301', "AEIOUYaeiouyCcLlNnRrSsZzGgKkMmPpWwÂâÊêÔôĂăƠơƯưΑΕΗΙΟΥΩαεηιουω",
            "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǴǵḰḱḾḿṔṕẂẃẤấẾếỐốẮắỚớỨứΆΈΉΊΌΎΏάέήίόύώ"),
        ('\u0302', "AEIOUaeiouCcGgHhJjSsWwYyZzẠạẸẹỌọ", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷẐẑẬậỆệỘộ"),
        ('\u0303', "ANOanoIiUuEeYyVvÂâÊêÔôĂăƠơƯư", "ÃÑÕãñõĨĩŨũẼẽỸỹṼṽẪẫỄễỖỗẴẵỠỡỮữ"),
        ('\u0304', "AaEeIiOoUuYyGg", "ĀāĒēĪīŌōŪūȲȳḠḡ"),
        ('\u0306', "AaGgUuEeIiOoИиУуẠạ", "ĂăĞğŬŭĔĕĬĭŎŏЙйЎўẶặ"),
        ('\u0307', "IZzCcEeGgAaOo", "İŻżĊċĖėĠġȦȧȮȯ"),
        ('\u0308', "AEIOUaeiouYyHhWwXxtЕеІіΙΥιυ", "ÄËÏÖÜäëïöüŸÿḦḧẄẅẌẍẗЁёЇїΪΫϊϋ"),
        ('\u0309', "AaEeIiOoUuYyÂâÊêÔôĂăƠơƯư", "ẢảẺẻỈỉỎỏỦủỶỷẨẩỂểỔổẲẳỞởỬử"),
        ('\u030A', "AaUuwy", "ÅåŮůẘẙ"),
        ('\u030B', "OoUu", "ŐőŰű"),
        ('\u030C', "CcDdEeNnRrSsTtZzGgAaIiOoUuKkjHhLl", "ČčĎďĚěŇňŘřŠšŤťŽžǦǧǍǎǏǐǑǒǓǔǨǩǰȞȟĽľ"),
        ('\u031B', "OoUu", "ƠơƯư"),
        ('\u0323', "AaEeIiOoUuYyÂâÊêÔôĂăƠơƯư", "ẠạẸẹỊịỌọỤụỴỵẬậỆệỘộẶặỢợỰự"),
        ('\u0326', "SsTt", "ȘșȚț"),
        ('\u0327', "CcSsTtGKkLlNnRrEe", "ÇçŞşŢţĢĶķĻļŅņŖŗȨȩ"),
        ('\u0328', "AaEeIiUuOo", "ĄąĘęĮįŲųǪǫ"),
        ('\u0338', "=<>", "≠≮≯"),
    ];

    private static readonly FrozenDictionary<(char Letter, char Accent), char> Pairs = Table
        .SelectMany(row => row.Letters.Zip(row.Composed, (letter, composed) => KeyValuePair.Create((letter, row.Accent), composed)))
        .ToFrozenDictionary();

    /// <summary>Whether a character only asks for another drawing of the one before it, as behind emoji; accents do more.</summary>
    public static bool IsVariation(char character) => character is >= '\uFE00' and <= '\uFE0F';

    /// <summary>The text with its accents composed; the same instance where it has none. Linear in the text.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0300', '\u036F'))
            return text;
        var composed = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (composed.Length > 0 && Pairs.TryGetValue((composed[^1], character), out var one))
                composed[^1] = one;
            else
                composed.Append(character);
        }

        return composed.ToString();
    }
}
