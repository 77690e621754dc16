using CsCheck;

namespace CognitiveTools.Tests.Files;

/// <summary>Small damages to a text: pieces removed, repeated, moved, and marks put in that a parser gives a meaning to.</summary>
internal static class TextMutations
{
    private static readonly string[] Marks =
    [
        "[", "]", "{", "}", ":", "? ", "- ", "&a ", "*a", "!!binary ", "|", ">", "#", "'", "\"", "\\", "%", "@", "`", "\t", "\n", "\r",
            "---\n", "...\n",
        "1e300", "-1", "NaN", ".inf", "99999999999999999999", "null", "~", "\0", "\u001b", "\ud800", "\ufeff", "<<: ", ", ", "[[[[", "{{{{",
    ];

    /// <summary>Texts with one to four damages.</summary>
    public static Gen<string> Of(string text) =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, text.Length], Gen.Int[0, 40], Gen.Int[0, Marks.Length - 1]).Array[1, 4].Select(changes =>
        {
            var damaged = text;
            foreach (var (kind, place, length, mark) in changes)
            {
                var at = Math.Min(place, damaged.Length);
                var part = damaged.Substring(at, Math.Min(length, damaged.Length - at));
                damaged = kind switch
                {
                    0 => damaged.Remove(at, part.Length),
                    1 => damaged.Insert(at, part),
                    2 => damaged.Insert(at, Marks[mark]),
                    3 => damaged.Remove(at, part.Length).Insert(at, Marks[mark]),
                    _ => damaged.Remove(at, part.Length)
                        .Insert(damaged.Length - part.Length > at ? damaged.Length - part.Length - 1 : 0, part),
                };
            }

            return damaged;
        });
}
