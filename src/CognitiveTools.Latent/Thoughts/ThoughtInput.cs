using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Thoughts;

/// <summary>What a rule feeds the network next. The default value stops the thoughts.</summary>
public readonly record struct ThoughtInput
{
    private ThoughtInput(ThoughtInputKind kind) => Kind = kind;

    /// <summary>Ends the thoughts; the answer follows.</summary>
    public static ThoughtInput Stop => default;

    /// <summary>Ends the solve: the model ended its turn, and the words so far are its answer.</summary>
    public static ThoughtInput EndOfTurn => new(ThoughtInputKind.EndOfTurn);

    /// <summary>Which of them it is.</summary>
    public ThoughtInputKind Kind { get; }

    /// <summary>The token; meaningful for <see cref="ThoughtInputKind.Token"/> and <see cref="ThoughtInputKind.Word"/>.</summary>
    public int Token { get; private init; }

    /// <summary>One row of <see cref="ILatentModel.EmbeddingLength"/> floats; meaningful for
    /// <see cref="ThoughtInputKind.Embedding"/>.</summary>
    public ReadOnlyMemory<float> Embedding { get; private init; }

    /// <summary>Of a mixture of rows, 1 minus the weight of the most probable token; <see langword="null"/> for anything else.</summary>
    public double? Spread { get; private init; }

    /// <summary>The token that stands in the text for this input; <see langword="null"/> when it leaves no text.</summary>
    public int? Word { get; private init; }

    /// <summary>Whether the thoughts end here.</summary>
    public bool Ends => Kind is ThoughtInputKind.Stop or ThoughtInputKind.EndOfTurn;

    /// <summary>Feeds a token that is not part of the text.</summary>
    public static ThoughtInput OfToken(int token) => new(ThoughtInputKind.Token) { Token = token };

    /// <summary>Feeds a token that is part of the text: it is booked as generated.</summary>
    public static ThoughtInput OfWord(int token) => new(ThoughtInputKind.Word) { Token = token, Word = token };

    /// <summary>Feeds an embedding; the memory must not change afterwards.</summary>
    /// <param name="embedding">The row.</param>
    /// <param name="spread">See <see cref="Spread"/>.</param>
    /// <param name="word">See <see cref="Word"/>.</param>
    public static ThoughtInput OfEmbedding(ReadOnlyMemory<float> embedding, double? spread = null, int? word = null) =>
        new(ThoughtInputKind.Embedding) { Embedding = embedding, Spread = spread, Word = word };

    /// <summary>The same with another embedding.</summary>
    public ThoughtInput With(ReadOnlyMemory<float> embedding) => this with { Embedding = embedding };
}
