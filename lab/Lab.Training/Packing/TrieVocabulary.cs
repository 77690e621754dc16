using System.Globalization;
using System.Text;

namespace CognitiveTools.Lab.Training.Packing;

/// <summary>
/// A vocabulary for llama.cpp's <c>rwkv</c> tokenizer, which cuts text greedily, the longest token first. The file has one
/// token per line, line i is token i, with the escapes <c>\n \t \r \\ \xNN</c>. Lines of the form
/// <c>&lt;|name|&gt;</c> are control tokens. All 256 single bytes must be there, so that any text can be encoded.
/// </summary>
/// <remarks>llama.cpp's matcher knows the control tokens' names as well, so their names in plain text become control
/// tokens even when special tokens are not to be parsed: callers cut such names apart before they encode.</remarks>
internal sealed class TrieVocabulary
{
    private readonly string _path;

    private TrieVocabulary(string path, string[] escaped, bool[] controls)
        => (_path, Escaped, IsControl) = (path, escaped, controls);

    /// <summary>Number of tokens.</summary>
    public int Count => Escaped.Length;

    /// <summary>The tokens as llama.cpp wants them: printable ASCII, the rest as <c>\xNN</c> with lower-case digits.</summary>
    internal string[] Escaped { get; }

    internal bool[] IsControl { get; }

    /// <summary>Reads a vocabulary file.</summary>
    /// <exception cref="InvalidDataException">A line is wrong; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrieVocabulary Read(string path) => Parse(File.ReadAllText(path), path);

    internal static TrieVocabulary Parse(string text, string path)
    {
        var lines = text.EndsWith('\n') ? text[..^1].Split('\n') : text.Split('\n');
        var escaped = new string[lines.Length];
        var controls = new bool[lines.Length];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var singles = new bool[256];
        for (var i = 0; i < lines.Length; i++)
        {
            var bytes = Unescape(lines[i], path, i + 1);
            controls[i] = IsControlName(lines[i]);
            escaped[i] = controls[i] ? lines[i] : Escape(bytes);
            if (!seen.TryAdd(escaped[i], i))
                throw Fail(path, i + 1, $"'{lines[i]}' is in line {seen[escaped[i]] + 1} already");
            if (bytes.Length == 1)
                singles[bytes[0]] = true;
        }
        var missing = Array.IndexOf(singles, value: false);
        return missing < 0
            ? new(path, escaped, controls)
            : throw new InvalidDataException(
                $"{path}: the single byte \\x{missing:x2} has no token. Add all 256, so that any text can be encoded.");
    }

    /// <summary>The id of a control token, or null.</summary>
    public int? FindControl(string name)
    {
        var id = Array.IndexOf(Escaped, name);
        return id >= 0 && IsControl[id] ? id : null;
    }

    internal int RequireControl(string name) => FindControl(name)
        ?? throw new InvalidDataException($"{_path}: the control token {name} is missing. Add a line with it.");

    private static bool IsControlName(string line) =>
        line.Length > 4 && line.StartsWith("<|", StringComparison.Ordinal) && line.EndsWith("|>", StringComparison.Ordinal)
        && !line.AsSpan(2, line.Length - 4).ContainsAny("|\\ ") && Ascii.IsValid(line);

    private static byte[] Unescape(string line, string path, int number)
    {
        if (line.Length == 0)
            throw Fail(path, number, "is empty");
        if (line[^1] == '\r')
            throw Fail(path, number, "ends with a carriage return; save the file with plain line feeds, and write the character as \\r");
        var bytes = new List<byte>(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                var length = char.IsSurrogatePair(line, i) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(line, i, length));
                i += length - 1;
                continue;
            }
            switch (++i < line.Length ? line[i] : '\0')
            {
                case 'n': bytes.Add((byte)'\n'); break;
                case 't': bytes.Add((byte)'\t'); break;
                case 'r': bytes.Add((byte)'\r'); break;
                case '\\': bytes.Add((byte)'\\'); break;
                case 'x' when i + 2 < line.Length
                    && byte.TryParse(line.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value):
                    bytes.Add(value);
                    i += 2;
                    break;
                default: throw Fail(path, number, $"'{line}' has a broken escape; there are \\n, \\t, \\r, \\\\ and \\xNN");
            }
        }
        return [.. bytes];
    }

    private static string Escape(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
            text.Append(value switch
            {
                (byte)'\\' => @"\\",
                >= (byte)' ' and <= (byte)'~' => ((char)value).ToString(),
                _ => $"\\x{value:x2}", // llama.cpp misreads upper-case digits
            });
        return text.ToString();
    }

    private static InvalidDataException Fail(string path, int line, string problem) => new($"{path}: line {line}: {problem}.");
}
