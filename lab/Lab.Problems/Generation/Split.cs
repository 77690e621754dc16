namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>Which problems: disjoint by construction, so that no seed can leak one into another.</summary>
internal enum Split
{
    /// <summary>Problems a model may be trained on.</summary>
    Train,

    /// <summary>Same families, steps and wordings, parameters never trained on (a hash of the canonical form decides).</summary>
    HeldOut,

    /// <summary>More dependent steps than any trained problem has.</summary>
    Longer,

    /// <summary>Held-out parameters in wordings never trained on.</summary>
    Reworded,

    /// <summary>Two families chained in a pair that is never chained in training.</summary>
    Recomposed,
}
