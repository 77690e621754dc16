namespace CognitiveTools.Evals.Wandering;

/// <summary>
/// How exploration goes wrong (Lu et al. 2025, arXiv 2505.20296). The first three and the last three break the rules, the middle two
/// waste lines.
/// </summary>
internal enum TraceFaultKind
{
    /// <summary>A move outside the space that is searched.</summary>
    BoundaryViolation,

    /// <summary>A required step is left out.</summary>
    ProcedureOmission,

    /// <summary>A step back to a state that is not the one before.</summary>
    IncorrectBacktracking,

    /// <summary>A state that was dealt with is visited again.</summary>
    StateRevisitation,

    /// <summary>The same line three times or more in a row.</summary>
    InfiniteSelfLoop,

    /// <summary>A move from a state that is no longer the current one.</summary>
    StateStaleness,

    /// <summary>A wrong result of a right move.</summary>
    ExecutionError,

    /// <summary>An answer that the trace itself does not give.</summary>
    UnfaithfulConclusion,
}
