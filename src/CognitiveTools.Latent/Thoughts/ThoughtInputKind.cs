namespace CognitiveTools.Latent.Thoughts;

/// <summary>What a rule feeds the network.</summary>
public enum ThoughtInputKind
{
    /// <summary>Nothing: the thoughts end.</summary>
    Stop,

    /// <summary>A token of the vocabulary that is not part of the text.</summary>
    Token,

    /// <summary>An embedding, one row.</summary>
    Embedding,

    /// <summary>A token that is part of the text.</summary>
    Word,

    /// <summary>Nothing: the model ended its turn.</summary>
    EndOfTurn,
}
