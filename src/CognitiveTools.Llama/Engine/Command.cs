namespace CognitiveTools.Llama.Engine;

/// <summary>What a caller asks of the decode thread.</summary>
internal enum CommandKind
{
    /// <summary>Nothing: look at the cancellation tokens again.</summary>
    Wake,
    Start,
    Fork,
    Rewind,
    Close,
}

/// <summary>One request to the decode thread; requests about one sequence arrive in the order they were made.</summary>
internal readonly record struct Command(CommandKind Kind, EngineSequence? Sequence, Job? Job = null, EngineSequence? Other = null, int Length = 0);
