namespace CognitiveTools.Latents;

/// <summary>
/// Why a generation ended: the one vocabulary of engines, latent models and turns of chat clients. Why a solve ended is another
/// question (<c>StopReason</c>).
/// </summary>
public enum GenerationEnd
{
    /// <summary>The model ended its turn. A chat client does not tell a stop sequence apart from it.</summary>
    EndOfTurn,

    /// <summary>A stop sequence appeared.</summary>
    StopSequence,

    /// <summary>The limit of tokens was reached.</summary>
    TokenLimit,

    /// <summary>The context was full.</summary>
    ContextFull,

    /// <summary>The wall time allowed for a chat client's turn ran out. Engines and latent models throw instead.</summary>
    TimedOut,

    /// <summary>The chat client or its transport failed. Engines and latent models throw instead.</summary>
    Failed,
}
