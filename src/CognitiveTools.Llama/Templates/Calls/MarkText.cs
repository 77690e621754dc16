using System.Text;
using CognitiveTools.Chat.Schemas;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>Texts of a call's form, in which some characters stand for what differs from call to call.</summary>
internal static class MarkText
{
    /// <summary>Stands for the call's id.</summary>
    public const char Id = '\u0001';

    /// <summary>Stands for the function's name where it is repeated.</summary>
    public const char Name = '\u0002';

    /// <summary>Stands for the call's number in its turn.</summary>
    public const char Index = '\u0003';

    /// <summary>Stands for the argument's name where it is repeated.</summary>
    public const char Key = '\u0004';

    /// <summary>What <see cref="Match"/> returns when the text ends before the form does.</summary>
    public const int Cut = -2;

    private const int No = -1;

    /// <summary>The form for one function and argument.</summary>
    public static string For(string form, string name, string key = "") => form
        .Replace(Name.ToString(), name, StringComparison.Ordinal).Replace(Key.ToString(), key, StringComparison.Ordinal);

    /// <summary>The form as a sequence of a grammar.</summary>
    public static string Grammar(string form)
    {
        var parts = new List<string>();
        var literal = new StringBuilder();
        foreach (var c in form)
        {
            if (c is not (Id or Index))
            {
                literal.Append(c);
                continue;
            }

            Flush();
            parts.Add(c == Id ? "[a-zA-Z0-9]{9}" : "[1-9] [0-9]{0,2}");
        }

        Flush();
        return parts.Count == 0 ? "\"\"" : string.Join(' ', parts);

        void Flush()
        {
            if (literal.Length > 0)
                parts.Add(GrammarRules.Literal(literal.ToString()));
            literal.Clear();
        }
    }

    /// <summary>Looks for the form at a place of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The place.</param>
    /// <param name="form">The form.</param>
    /// <param name="isLoose">Whether white space of the form may be missing in the text.</param>
    /// <returns>Where the form ends, <see cref="Cut"/>, or a negative number when the form is not there.</returns>
    public static int Match(string text, int at, string form, bool isLoose = false)
    {
        foreach (var c in form)
        {
            if (isLoose && char.IsWhiteSpace(c))
            {
                at += at < text.Length && text[at] == c ? 1 : 0;
                continue;
            }

            if (at >= text.Length)
                return Cut;
            if (c is not (Id or Index))
            {
                if (text[at++] != c)
                    return No;
                continue;
            }

            var start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-' or '.' or ':'))
                at++;
            if (at == start)
                return No;
        }

        return at;
    }

    /// <summary>Whether the form is at a place, or the text ends within it.</summary>
    public static bool MayMatch(string text, int at, string form, bool isLoose = false) => Match(text, at, form, isLoose) is >= 0 or Cut;
}
