using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CognitiveTools.Loop.Reading;

/// <summary>
/// Reads one quoted text. Models write LaTeX into JSON without doubling its backslashes, and quotes into texts without
/// escaping them; both are understood the way they were meant.
/// </summary>
internal sealed class StringReading(string text, int end)
{
    // Commands that begin like the escapes \n, \r and \t; those of \b and \f need no list, nobody means these escapes.
    private static readonly FrozenSet<string> LatexCommands = new[]
    {
        "ne", "neq", "neg", "nu", "not", "notin", "nmid", "nabla", "nleq", "ngeq", "nless", "newline", "nexists",
        "tan", "tanh", "tau", "text", "textbf", "textit", "textrm", "tfrac", "therefore", "theta", "tilde", "times", "to", "top",
        "triangle", "triangleq", "rangle", "rbrace", "rbrack", "rceil", "rfloor", "rho", "right", "rightarrow", "rm", "root",
            "rvert", "rVert",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a quoted text begins here, be it with a Python prefix such as <c>r</c> or <c>f</c>.</summary>
    public bool Begins(int at)
    {
        var quote = Prefix(at);
        return quote < end && text[quote] is '\'' or '"';
    }

    /// <returns>The text, or <see langword="null"/> when it is not closed; where reading goes on; a repair that was made.</returns>
    public (string? Value, int Next, string? Note) Read(int at, bool isKey, bool openEnd)
    {
        var start = Prefix(at);
        var raw = text[at..start].Contains('r', StringComparison.OrdinalIgnoreCase);
        var quote = text[start];
        var triple = start + 2 < end && text[start + 1] == quote && text[start + 2] == quote;
        var i = start + (triple ? 3 : 1);
        var value = new StringBuilder();
        string? note = null;
        while (i < end)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < end)
            {
                i = raw ? Copy(i, 2, value) : Escape(i, value, ref note);
            }
            else if (c != quote)
            {
                value.Append(c);
                i++;
            }
            else if (triple)
            {
                if (i + 2 < end && text[i + 1] == quote && text[i + 2] == quote)
                    return (value.ToString(), i + 3, note);
                value.Append(c);
                i++;
            }
            else if (Closes(i, isKey))
            {
                return (value.ToString(), i + 1, note);
            }
            else
            {
                note = "quotes inside a text were kept";
                value.Append(c);
                i++;
            }
        }

        return openEnd && !isKey && value.Length > 0 && triple ? (value.ToString(), end, "a missing closing quote was added")
            : (null, end, note);
    }

    private int Prefix(int at)
    {
        var i = at;
        while (i < end && i < at + 2 && text[i] is 'r' or 'R' or 'f' or 'F' or 'b' or 'B' or 'u' or 'U')
            i++;
        return i < end && text[i] is '\'' or '"' ? i : at;
    }

    // A quote closes a text when what follows could follow a text; otherwise it stands inside, like an apostrophe.
    private bool Closes(int quote, bool isKey)
    {
        var next = quote + 1;
        while (next < end && char.IsWhiteSpace(text[next]))
            next++;
        return next >= end || text[next] is '}' or ']' or ')' or ',' || (isKey && text[next] is ':' or '=');
    }

    private int Copy(int from, int count, StringBuilder value)
    {
        value.Append(text, from, count);
        return from + count;
    }

    private int Escape(int slash, StringBuilder value, ref string? note)
    {
        var c = text[slash + 1];
        switch (c)
        {
            case '\\' or '"' or '\'' or '/' or '`':
                value.Append(c);
                return slash + 2;
            case '\n':
                return slash + 2;
            case 'u' when slash + 6 <= end
                && ushort.TryParse(text.AsSpan(slash + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                value.Append((char)code);
                return slash + 6;
            case 'n' or 'r' or 't' when !LatexCommands.Contains(Word(slash + 1)):
                value.Append(c switch { 'n' => '\n', 'r' => '\r', _ => '\t' });
                return slash + 2;
            default:
                note = "a single backslash was kept as LaTeX";
                return Copy(slash, 2, value);
        }
    }

    private string Word(int start)
    {
        var i = start;
        while (i < end && i < start + 16 && char.IsAsciiLetter(text[i]))
            i++;
        return text[start..i];
    }
}
