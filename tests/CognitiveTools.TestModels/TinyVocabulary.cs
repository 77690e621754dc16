namespace CognitiveTools.TestModels;

/// <summary>
/// A SentencePiece vocabulary that encodes any text: three specials, the 256 byte tokens, two chatml tokens, the
/// printable ASCII characters and the space, a few words with every prefix of theirs (merging goes pair by pair), and
/// letter pairs up to the wanted size.
/// </summary>
public sealed class TinyVocabulary
{
    /// <summary>Token ids with a role.</summary>
    public const int Unknown = 0, Begin = 1, End = 2, TurnStart = 259, TurnEnd = 260;

    private const char Space = '▁'; // SentencePiece's visible space
    private const int Control = 3, Byte = 6, Normal = 1, UnknownType = 2;
    private static readonly string[] Words =
        ["▁the", "▁answer", "▁is", "▁and", "ANSWER", "▁of", "Question", "user", "assistant", "system"];

    private readonly List<(string Text, int Type)> _tokens = [];
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    private TinyVocabulary()
    {
        Add("<unk>", UnknownType);
        Add("<s>", Control);
        Add("</s>", Control);
        for (var b = 0; b < 256; b++)
            Add($"<0x{b:X2}>", Byte);
        Add("<|im_start|>", Control);
        Add("<|im_end|>", Control);
        for (var c = '!'; c <= '~'; c++)
            Add(c.ToString(), Normal);
        Add(Space.ToString(), Normal);
        foreach (var word in Words)
            for (var length = 2; length <= word.Length; length++)
                Add(word[..length], Normal);
        BaseSize = _tokens.Count;
        for (var first = 'a'; first <= 'z'; first++)
            for (var second = 'a'; second <= 'z'; second++)
                Add($"{first}{second}", Normal);
    }

    private static TinyVocabulary Full { get; } = new();

    /// <summary>Smallest and largest number of tokens.</summary>
    public static int MinimumSize => Full.BaseSize;

    /// <inheritdoc cref="MinimumSize"/>
    public static int MaximumSize => Full._tokens.Count;

    private int BaseSize { get; }

    internal static (string[] Texts, int[] Types, float[] Scores) Take(int size)
    {
        if (size < MinimumSize || size > MaximumSize)
            throw new ArgumentOutOfRangeException(nameof(size), size, $"A tiny vocabulary has {MinimumSize} to {MaximumSize} tokens.");
        var tokens = Full._tokens[..size];
        return (
            [.. tokens.Select(static t => t.Text)],
            [.. tokens.Select(static t => t.Type)],
            [.. Enumerable.Range(0, size).Select(static i => -(float)i)]);
    }

    private void Add(string text, int type)
    {
        if (_texts.Add(text))
            _tokens.Add((text, type));
    }
}
