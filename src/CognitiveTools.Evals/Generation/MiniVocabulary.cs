using System.Globalization;
using System.Text;

namespace CognitiveTools.Evals.Generation;

/// <summary>
/// The reference models' vocabulary: control tokens, all single bytes, numbers, words with their following space, and
/// the pieces of the call syntax. Text is cut greedily, the longest token first, which is what llama.cpp's
/// <c>rwkv</c> tokenizer does with the same token list.
/// </summary>
public sealed class MiniVocabulary
{
    /// <summary>Opens a message.</summary>
    public const string MessageStart = "<|im_start|>";

    /// <summary>Ends a message; the end-of-turn token.</summary>
    public const string MessageEnd = "<|im_end|>";

    /// <summary>Fills unused positions of a batch; id 0.</summary>
    public const string Padding = "<|endoftext|>";

    /// <summary>Stands before the latent thoughts.</summary>
    public const string LatentStart = "<|start-latent|>";

    /// <summary>Stands after the latent thoughts.</summary>
    public const string LatentEnd = "<|end-latent|>";

    /// <summary>The pause model's thought: one learned embedding, the same at every position.</summary>
    public const string Pause = "<|pause|>";

    /// <summary>Control tokens in order of their ids.</summary>
    public static IReadOnlyList<string> Controls { get; } =
        [Padding, MessageStart, MessageEnd, LatentStart, LatentEnd, Pause];

    private readonly string[] _tokens;
    private readonly Dictionary<string, int> _controls;

    // One row of 256 children per node; 0 is "none" because the root is nobody's child.
    private readonly List<int[]> _children = [new int[256]];
    private readonly List<int> _ends = [-1];

    /// <summary>Creates a vocabulary from tokens in order of their ids.</summary>
    /// <param name="tokens">Control tokens first, then text tokens; text tokens hold one character per byte (Latin-1).</param>
    /// <exception cref="ArgumentException">A control token or a single byte is missing, or a token comes twice.</exception>
    public MiniVocabulary(IEnumerable<string> tokens)
    {
        _tokens = [.. tokens];
        if (!_tokens.Take(Controls.Count).SequenceEqual(Controls, StringComparer.Ordinal))
            throw new ArgumentException($"The first tokens must be {string.Join(", ", Controls)}.", nameof(tokens));
        _controls = Controls.Select((token, id) => (token, id)).ToDictionary(t => t.token, t => t.id, StringComparer.Ordinal);
        for (var id = Controls.Count; id < _tokens.Length; id++)
            Insert(_tokens[id], id);
        for (var value = 0; value < 256; value++)
        {
            if (_children[0][value] == 0 || _ends[_children[0][value]] < 0)
                throw new ArgumentException($"The byte {value} has no token of its own; add it so that any text can be encoded.", nameof(tokens));
        }
    }

    /// <summary>Number of tokens.</summary>
    public int Count => _tokens.Length;

    /// <summary>The tokens in order of their ids; text tokens hold one character per byte (Latin-1).</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>The id of a control token.</summary>
    /// <exception cref="ArgumentException">There is no such control token.</exception>
    public int Control(string token) => _controls.TryGetValue(token, out var id)
        ? id
        : throw new ArgumentException($"'{token}' is no control token; there are {string.Join(", ", Controls)}.", nameof(token));

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
    public string Decode(IEnumerable<int> ids)
    {
        var bytes = new List<byte>();
        foreach (var id in ids)
            bytes.AddRange(Encoding.Latin1.GetBytes(_tokens[id]));
        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>Reads a vocabulary file: one token per line, backslash escapes <c>\n</c>, <c>\\</c> and <c>\xNN</c>.</summary>
    /// <exception cref="FormatException">A line holds a broken escape; the message names the line.</exception>
    public static MiniVocabulary Parse(string text) =>
        new(text.TrimEnd('\n').Split('\n').Select((line, index) => Unescape(line, index + 1)));

    /// <summary>The vocabulary as a file; <see cref="Parse"/> gives it back.</summary>
    public string ToFile() => string.Concat(_tokens.Select(token => Escape(token) + "\n"));

    private void Insert(string token, int id)
    {
        var node = 0;
        foreach (var value in Encoding.Latin1.GetBytes(token))
        {
            if (_children[node][value] == 0)
            {
                _children[node][value] = _children.Count;
                _children.Add(new int[256]);
                _ends.Add(-1);
            }

            node = _children[node][value];
        }

        if (node == 0 || _ends[node] >= 0)
            throw new ArgumentException($"Token {id} ('{Escape(token)}') is empty or comes twice.");
        _ends[node] = id;
    }

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
