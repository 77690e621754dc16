namespace CognitiveTools.Code;

/// <summary>How a run of model-written code ended.</summary>
public enum CodeOutcome
{
    /// <summary>The code ran to its end.</summary>
    Completed,

    /// <summary>The code does not parse, or it raised an unhandled error.</summary>
    Failed,

    /// <summary>A limit of <see cref="CodeLimits"/> stopped the code.</summary>
    LimitHit,

    /// <summary>The code was not run, because this host cannot run it safely.</summary>
    Refused,
}
