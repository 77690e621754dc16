namespace CognitiveTools.Latent.Thoughts;

/// <summary>What a rule feeds the network.</summary>
public enum ThoughtInputKind
{
    /// <summary>Nothing: the thoughts end.</summary>
    Stop,

    /// <summary>A token of the vocabulary.</summary>
    Token,

    /// <summary>An embedding, one row.</summary>
    Embedding,
}
