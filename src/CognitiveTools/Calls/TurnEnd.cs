namespace CognitiveTools.Calls;

/// <summary>How one generation ended.</summary>
internal enum TurnEnd
{
    Finished,
    TokenLimit,
    ContextFull,
    TimedOut,
    Failed,
}
