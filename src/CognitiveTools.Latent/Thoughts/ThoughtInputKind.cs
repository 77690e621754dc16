namespace CognitiveTools.Latent.Thoughts;

/// <summary>The kinds of inputs.</summary>
public enum ThoughtInputKind
{
    /// <summary>No input: the thoughts end.</summary>
    Stop,

    /// <summary>A token of the vocabulary that is not part of the text.</summary>
    Token,

    /// <summary>An embedding, one row.</summary>
    Embedding,

    /// <summary>A token that is part of the text.</summary>
    Word,

    /// <summary>No input: the model ended its turn.</summary>
    EndOfTurn,
}
