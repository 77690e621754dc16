namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>What the examination of a worked solution writes for each step.</summary>
internal enum Examination
{
    /// <summary>Right or wrong.</summary>
    Marks,

    /// <summary>The step worked out again, then right or wrong.</summary>
    Recomputed,

    /// <summary>The step worked out again, the result that was given, then right or wrong: equality of two neighbours.</summary>
    Compared,
}
