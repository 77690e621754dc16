namespace CognitiveTools.Latents;

/// <summary>
/// Why a generation of an engine, a latent model or a chat client ended. For the end of a solve see <c>StopReason</c>.
/// </summary>
public enum GenerationEnd
{
    /// <summary>The model ended its turn. Chat clients report a stop sequence in the same way.</summary>
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
