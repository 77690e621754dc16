using System.Globalization;
using System.Text;
using CognitiveTools.Chat.Schemas;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>
/// Rules of any text up to and with the first place of a mark: one rule for each number of the mark's characters that the text ends with.
/// </summary>
internal static class UntilRules
{
    /// <param name="mark">The mark, not empty.</param>
    /// <param name="root">Name of the first rule; the others begin with it.</param>
    public static string Write(string mark, string root)
    {
        Rune[] runes = [.. mark.EnumerateRunes()];
        var text = new StringBuilder();
        for (var state = 0; state < runes.Length; state++)
        {
            var next = state + 1 == runes.Length ? "" : $" {Name(root, state + 1)}";
            text.Append($"{Name(root, state)} ::= {GrammarRules.Literal(runes[state].ToString())}{next}");
            // Other characters go back to the longest beginning of the mark that the text then ends with.
            var back = runes.Distinct().Where(rune => rune != runes[state])
                .Select(rune => (Rune: rune, To: Step(runes, state, rune))).Where(static step => step.To > 0).ToArray();
            foreach (var step in back)
                text.Append($" | {GrammarRules.Literal(step.Rune.ToString())} {Name(root, step.To)}");
            var known = string.Concat(back.Select(static step => step.Rune).Append(runes[state]).Select(Member));
            text.Append($" | [^{known}] {Name(root, 0)}\n");
        }

        return text.ToString();
    }

    private static int Step(Rune[] mark, int state, Rune next)
    {
        Rune[] text = [.. mark[..state], next];
        for (var length = state; length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(mark.AsSpan(0, length)))
                return length;
        }

        return 0;
    }

    private static string Name(string root, int state) =>
        state == 0 ? root : string.Create(CultureInfo.InvariantCulture, $"{root}u{state}");

    private static string Member(Rune character) => string.Create(CultureInfo.InvariantCulture, $"\\U{character.Value:X8}");
}
