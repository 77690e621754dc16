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

    // One row of 256 children per node; 0 is "none" because the root is nobody's child.
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
            // Single bytes that are no character share one text; the first of them has it.
            var isNew = _byText.TryAdd(Encoding.UTF8.GetString(_bytes[id]), id);
            if (_tokens[id].Length == 0 || (IsControl(id) && !isNew))
                throw Twice(id);
            if (!IsControl(id))
                Insert(id);
        }

        for (var value = 0; value < 256; value++)
        {
            if (_children[0][value] == 0 || _ends[_children[0][value]] < 0)
                throw new ArgumentException($"The byte {value} has no token of its own; add it so that any text can be encoded.",
                    nameof(tokens));
        }
    }

    /// <summary>Number of tokens.</summary>
    public int Count => _tokens.Length;

    /// <summary>The tokens in order of their ids; text tokens hold one character per byte (Latin-1).</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>Whether the token is a control token.</summary>
    public bool IsControl(int id) => _tokens[id] is { Length: > 4 } token
        && token.StartsWith("<|", StringComparison.Ordinal) && token.EndsWith("|>", StringComparison.Ordinal);

    /// <summary>The bytes of a token; of a control token, its name's.</summary>
    public ReadOnlySpan<byte> Bytes(int id) => _bytes[id];

    /// <summary>The token whose text is exactly that, control tokens included; <see langword="null"/> when there is none.</summary>
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

    /// <summary>Reads a vocabulary file: one token per line, backslash escapes <c>\n</c>, <c>\\</c> and <c>\xNN</c>.</summary>
    /// <exception cref="FormatException">A line holds a broken escape; the message names the line.</exception>
    public static GreedyVocabulary Parse(string text) =>
        new(text.TrimEnd('\n').Split('\n').Select((line, index) => Unescape(line, index + 1)));

    /// <summary>The vocabulary as a file; <see cref="Parse"/> gives it back.</summary>
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
            throw Twice(id);
        _ends[node] = id;
    }

    private ArgumentException Twice(int id) => new($"Token {id} ('{Escape(_tokens[id])}') is empty or comes twice.");

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
        var text = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                text.Append(line[i]);
                continue;
            }

            switch (i + 1 < line.Length ? line[++i] : '\0')
            {
                case '\\': text.Append('\\'); break;
                case 'n': text.Append('\n'); break;
                case 'x' when i + 2 < line.Length
                    && byte.TryParse(line.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value):
                    text.Append((char)value);
                    i += 2;
                    break;
                default:
                    throw new FormatException($"Vocabulary line {number}: broken escape in '{line}'; use \\n, \\\\ or \\xNN.");
            }
        }

        return text.ToString();
    }
}
