namespace CognitiveTools.Latent.Thoughts;

/// <summary>What a rule feeds the network next. The default value stops the thoughts.</summary>
public readonly record struct ThoughtInput
{
    private ThoughtInput(ThoughtInputKind kind, int token, ReadOnlyMemory<float> embedding)
    {
        Kind = kind;
        Token = token;
        Embedding = embedding;
    }

    /// <summary>Ends the thoughts; the answer follows.</summary>
    public static ThoughtInput Stop => default;

    /// <summary>Which of the three it is.</summary>
    public ThoughtInputKind Kind { get; }

    /// <summary>The token; meaningful for <see cref="ThoughtInputKind.Token"/>.</summary>
    public int Token { get; }

    /// <summary>One row of <c>EmbeddingLength</c> floats; meaningful for <see cref="ThoughtInputKind.Embedding"/>.</summary>
    public ReadOnlyMemory<float> Embedding { get; }

    /// <summary>Feeds a token.</summary>
    public static ThoughtInput OfToken(int token) => new(ThoughtInputKind.Token, token, default);

    /// <summary>Feeds an embedding; the memory must not change afterwards.</summary>
    public static ThoughtInput OfEmbedding(ReadOnlyMemory<float> embedding) =>
        new(ThoughtInputKind.Embedding, 0, embedding);
}
