namespace CognitiveTools.Latent.Steering;

/// <summary>A control of steering.</summary>
internal enum SteeringControl
{
    /// <summary>The method itself.</summary>
    None,

    /// <summary>A random direction of the same norm in every layer.</summary>
    Random,

    /// <summary>No steering; the answer must begin with a given text.</summary>
    Prefix,

    /// <summary>The same vector and strengths at random later steps.</summary>
    Timing,
}
