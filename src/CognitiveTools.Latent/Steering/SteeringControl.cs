namespace CognitiveTools.Latent.Steering;

/// <summary>What a steered reasoner does in place of its method, to tell what the method does.</summary>
public enum SteeringControl
{
    /// <summary>The method itself.</summary>
    None,

    /// <summary>A random direction of the same norm in every layer.</summary>
    Random,

    /// <summary>No steering: the answer is made to begin with a text.</summary>
    Prefix,

    /// <summary>The same vector and strengths at random later steps.</summary>
    Timing,
}
