using System.Globalization;
using System.Text;

namespace CognitiveTools.Text;

/// <summary>
/// A vocabulary that cuts text greedily, the longest token first, which is what llama.cpp's <c>rwkv</c> tokenizer does with
/// the same token list. Tokens of the form <c>&lt;|name|&gt;</c> are control tokens: no text is ever cut into them. All 256
/// single bytes are tokens, so that any text can be cut. Thread-safe.
/// </summary>
internal sealed class GreedyVocabulary
{
    private readonly string[] _tokens;
    private readonly byte[][] _bytes;
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);

    // One row of 256 children per node; 0 means no child, because the root is not a child.
    private readonly List<int[]> _children = [new int[256]];
    private readonly List<int> _ends = [-1];

    /// <summary>Creates a vocabulary from tokens in order of their ids.</summary>
    /// <param name="tokens">Text tokens hold one character per byte (Latin-1).</param>
    /// <exception cref="ArgumentException">A single byte is missing, or a token is empty or comes twice.</exception>
    public GreedyVocabulary(IEnumerable<string> tokens)
    {
        _tokens = [.. tokens];
        _bytes = [.. _tokens.Select(Encoding.Latin1.GetBytes)];
        for (var id = 0; id < _tokens.Length; id++)
        {
            // Single bytes that are not valid characters decode to the same text; the first of them owns it.
            var text = Encoding.UTF8.GetString(_bytes[id]);
            var isNew = _byText.TryAdd(text, id);
            if (_tokens[id].Length == 0)
                throw new ArgumentException($"Token {id} (line {id + 1} of a file) is empty.", nameof(tokens));
            if (IsControl(id) && !isNew)
                throw Twice(id, _byText[text]);
            if (!IsControl(id))
                Insert(id);
        }

        for (var value = 0; value < 256; value++)
        {
            if (_children[0][value] == 0 || _ends[_children[0][value]] < 0)
                throw new ArgumentException(
                    $"The byte {value} (\\x{value:x2}) has no token of its own; add it so that any text can be encoded.", nameof(tokens));
        }
    }

    /// <summary>Number of tokens.</summary>
    public int Count => _tokens.Length;

    /// <summary>The tokens in order of their ids; text tokens hold one character per byte (Latin-1).</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>Whether the token is a control token.</summary>
    public bool IsControl(int id) => _tokens[id] is { Length: > 4 } token
        && token.StartsWith("<|", StringComparison.Ordinal) && token.EndsWith("|>", StringComparison.Ordinal)
        && Ascii.IsValid(token) && !token.AsSpan(2, token.Length - 4).ContainsAny("|\\ ");

    /// <summary>The bytes of a token; of a control token, its name's.</summary>
    public ReadOnlySpan<byte> Bytes(int id) => _bytes[id];

    /// <summary>The token with exactly this text, control tokens included; <see langword="null"/> without one.</summary>
    public int? Find(string text) => _byText.TryGetValue(text, out var id) ? id : null;

    /// <summary>Cuts text into tokens. Control tokens' names inside the text stay text.</summary>
    public int[] Encode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var ids = new List<int>();
        for (var start = 0; start < bytes.Length;)
        {
            var (node, best, end) = (0, -1, start);
            for (var i = start; i < bytes.Length && (node = _children[node][bytes[i]]) != 0; i++)
            {
                if (_ends[node] >= 0)
                    (best, end) = (_ends[node], i + 1);
            }

            ids.Add(best);
            start = end;
        }

        return [.. ids];
    }

    /// <summary>Text of the tokens; control tokens are shown by name.</summary>
    public string Decode(IEnumerable<int> ids) => Encoding.UTF8.GetString([.. ids.SelectMany(id => _bytes[id])]);

    /// <summary>
    /// Reads a vocabulary file: one token per line, escapes <c>\n \t \r \\ \xNN</c>; other characters stand for their bytes in UTF-8.
    /// </summary>
    /// <exception cref="FormatException">A line is broken; the message names the line.</exception>
    /// <exception cref="ArgumentException">A single byte is missing, or a token is empty or comes twice.</exception>
    public static GreedyVocabulary Parse(string text) =>
        new((text.EndsWith('\n') ? text[..^1] : text).Split('\n').Select((line, index) => Unescape(line, index + 1)));

    /// <summary>The vocabulary as a file that <see cref="Parse"/> reads.</summary>
    public string ToFile() => string.Concat(_tokens.Select(token => Escape(token) + "\n"));

    private void Insert(int id)
    {
        var node = 0;
        foreach (var value in _bytes[id])
        {
            if (_children[node][value] == 0)
            {
                _children[node][value] = _children.Count;
                _children.Add(new int[256]);
                _ends.Add(-1);
            }

            node = _children[node][value];
        }

        if (_ends[node] >= 0)
            throw Twice(id, _ends[node]);
        _ends[node] = id;
    }

    private ArgumentException Twice(int id, int earlier) =>
        new($"Token {id} (line {id + 1} of a file), '{Escape(_tokens[id])}', comes twice: it is in line {earlier + 1} already.");

    private static string Escape(string token)
    {
        var text = new StringBuilder();
        foreach (var value in token)
        {
            text.Append(value switch
            {
                '\\' => @"\\",
                '\n' => @"\n",
                >= ' ' and <= '~' => value.ToString(),
                _ => $"\\x{(int)value:x2}",
            });
        }

        return text.ToString();
    }

    private static string Unescape(string line, int number)
    {
        if (line.EndsWith('\r'))
        {
            throw new FormatException(
                $"Vocabulary line {number} ends with a carriage return; save the file with plain line feeds, "
                + "and write the character as \\r.");
        }

        var text = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                var length = char.IsSurrogatePair(line, i) ? 2 : 1;
                text.Append(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(line, i, length)));
                i += length - 1;
                continue;
            }

            switch (i + 1 < line.Length ? line[++i] : '\0')
            {
                case '\\': text.Append('\\'); break;
                case 'n': text.Append('\n'); break;
                case 't': text.Append('\t'); break;
                case 'r': text.Append('\r'); break;
                case 'x' when i + 2 < line.Length
                    && byte.TryParse(line.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value):
                    text.Append((char)value);
                    i += 2;
                    break;
                default:
                    throw new FormatException($"Vocabulary line {number}: broken escape in '{line}'; use \\n, \\t, \\r, \\\\ or \\xNN.");
            }
        }

        return text.ToString();
    }
}
