namespace CognitiveTools.Latent.Heima;

/// <summary>What the interpreter gets in the place of a thinking token.</summary>
internal enum HeimaState
{
    /// <summary>The last hidden state at the token.</summary>
    Own,

    /// <summary>The token's own embedding: the control without a state.</summary>
    None,

    /// <summary>The last hidden state at the same token of another question: the control with a wrong state.</summary>
    Other,
}
