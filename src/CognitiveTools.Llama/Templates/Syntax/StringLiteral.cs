using System.Globalization;
using System.Text;

namespace CognitiveTools.Llama.Templates.Syntax;

/// <summary>Python's string literals.</summary>
internal static class StringLiteral
{
    /// <returns>The value; <see langword="null"/> when the literal has no end.</returns>
    public static string? Read(string source, int start, out int end)
    {
        var text = new StringBuilder();
        for (end = start + 1; end < source.Length; end++)
        {
            var character = source[end];
            if (character == source[start])
            {
                end++;
                return text.ToString();
            }

            if (character != '\\' || end + 1 >= source.Length)
                text.Append(character);
            else
                end = Escape(source, end + 1, text);
        }

        return null;
    }

    // Returns the index of the last character of the escape.
    private static int Escape(string source, int at, StringBuilder text)
    {
        var simple = source[at] switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            'b' => "\b",
            'f' => "\f",
            'v' => "\v",
            'a' => "\a",
            '\\' => "\\",
            '\'' => "'",
            '"' => "\"",
            '\n' => "",
            _ => null,
        };
        if (simple is not null)
        {
            text.Append(simple);
            return at;
        }

        if (source[at] is 'x' or 'u' or 'U')
        {
            var length = source[at] switch { 'x' => 2, 'u' => 4, _ => 8 };
            if (at + length < source.Length
                && int.TryParse(source.AsSpan(at + 1, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                if (code > 0xffff)
                    text.Append(char.ConvertFromUtf32(Math.Min(code, 0x10ffff)));
                else
                    text.Append((char)code);
                return at + length;
            }
        }

        if (source[at] is >= '0' and <= '7')
        {
            var code = 0;
            var last = at;
            for (; last < Math.Min(at + 3, source.Length) && source[last] is >= '0' and <= '7'; last++)
                code = code * 8 + source[last] - '0';
            text.Append((char)code);
            return last - 1;
        }

        text.Append('\\').Append(source[at]);
        return at;
    }
}
