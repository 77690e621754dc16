using CognitiveTools.Text;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>
/// The reference models' vocabulary: control tokens, all single bytes, numbers, words with their following space, and
/// the pieces of the call syntax, cut greedily.
/// </summary>
internal sealed class MiniVocabulary
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

    private readonly GreedyVocabulary _vocabulary;

    /// <summary>Creates a vocabulary from tokens in order of their ids.</summary>
    /// <param name="tokens">Control tokens first, then text tokens; text tokens hold one character per byte (Latin-1).</param>
    /// <exception cref="ArgumentException">A control token or a single byte is missing, or a token comes twice.</exception>
    public MiniVocabulary(IEnumerable<string> tokens)
        : this(new GreedyVocabulary(tokens))
    {
    }

    private MiniVocabulary(GreedyVocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        if (!vocabulary.Tokens.Take(Controls.Count).SequenceEqual(Controls, StringComparer.Ordinal))
            throw new ArgumentException($"The first tokens must be {string.Join(", ", Controls)}.", nameof(vocabulary));
    }

    /// <summary>Number of tokens.</summary>
    public int Count => _vocabulary.Count;

    /// <summary>The tokens in order of their ids; text tokens hold one character per byte (Latin-1).</summary>
    public IReadOnlyList<string> Tokens => _vocabulary.Tokens;

    /// <summary>The id of a control token.</summary>
    /// <exception cref="ArgumentException">There is no such control token.</exception>
    public int Control(string token) => Controls.Contains(token, StringComparer.Ordinal)
        ? _vocabulary.Find(token)!.Value
        : throw new ArgumentException($"'{token}' is not a control token; there are {string.Join(", ", Controls)}.", nameof(token));

    /// <summary>The token with exactly this text, control tokens included; <see langword="null"/> without one.</summary>
    public int? Find(string token) => _vocabulary.Find(token);

    /// <inheritdoc cref="GreedyVocabulary.Encode"/>
    public int[] Encode(string text) => _vocabulary.Encode(text);

    /// <inheritdoc cref="GreedyVocabulary.Decode"/>
    public string Decode(IEnumerable<int> ids) => _vocabulary.Decode(ids);

    /// <inheritdoc cref="GreedyVocabulary.Parse"/>
    public static MiniVocabulary Parse(string text) => new(GreedyVocabulary.Parse(text));

    /// <inheritdoc cref="GreedyVocabulary.ToFile"/>
    public string ToFile() => _vocabulary.ToFile();
}
