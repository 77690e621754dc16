using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.TestModels;

/// <summary>Shape of a generated model. The defaults load in milliseconds and are about 250 KB.</summary>
public sealed record TinyModelOptions
{
    private const string ChatMl =
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor "
        + "%}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    /// <summary>Transformer blocks.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Hidden size, a multiple of <see cref="Heads"/> with an even head size.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Query heads.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Key and value heads, a divisor of <see cref="Heads"/>.</summary>
    public int KvHeads { get; init; } = 2;

    /// <summary>Inner size of the feed-forward layer.</summary>
    public int FeedForward { get; init; } = 64;

    /// <summary>Tokens; at least <see cref="TinyVocabulary.MinimumSize"/>, at most <see cref="TinyVocabulary.MaximumSize"/>.</summary>
    public int Vocabulary { get; init; } = 512;

    /// <summary>Trained context length in positions.</summary>
    public int Context { get; init; } = 1024;

    /// <summary>Whether the output matrix is the embedding matrix.</summary>
    public bool Tied { get; init; } = true;

    /// <summary>Chat template text, or null for a model without one.</summary>
    public string? Template { get; init; } = ChatMl;

    /// <summary>User-defined tokens, which take the last ids of the vocabulary in this order.</summary>
    public IReadOnlyList<string> UserDefined { get; init; } = [];

    /// <summary>Loudness of the blocks; NaN makes a model whose logits are no numbers.</summary>
    /// <value>2.5: larger than the embedding, so that a tied model does not repeat its last token endlessly.</value>
    public double Gain { get; init; } = 2.5;

    /// <summary>Metadata of a test's own: texts, whole numbers and floats by key.</summary>
    public IReadOnlyList<(string Key, object Value)> Metadata { get; init; } = [];

    /// <summary>Format of the matrices (norms are F32 always).</summary>
    internal GgufTensorType Type { get; init; } = GgufTensorType.F32;
}
