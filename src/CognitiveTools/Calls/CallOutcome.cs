namespace CognitiveTools.Calls;

/// <summary>How an isolated call ended.</summary>
public enum CallOutcome
{
    /// <summary>The output is complete and keeps the tool's contract.</summary>
    Answered,

    /// <summary>A token limit or the context's end cut the output.</summary>
    Truncated,

    /// <summary>The output is complete but lacks what the contract asks for, or reveals what it must not.</summary>
    ContractBroken,

    /// <summary>The call's wall time ran out; there is no output.</summary>
    TimedOut,

    /// <summary>The call was not made, or the model failed; there is no output.</summary>
    Refused,
}
