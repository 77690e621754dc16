namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>Settings of a <see cref="ConceptDiffusion"/>; the values are the paper's.</summary>
internal sealed record DiffusionSettings
{
    /// <summary>Steps of noise in training.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>Steps of a prediction.</summary>
    public int Inference { get; init; } = 40;

    /// <summary>Share of the problems that are learned without what stands before.</summary>
    public double Drop { get; init; } = 0.15;

    /// <summary>How far a prediction goes from the one that sees nothing to the one that sees what stands before, and beyond with more
    /// than 1.</summary>
    public double Guidance { get; init; } = 3;

    /// <summary>How far the guided prediction's deviation goes back to that of the one that sees what stands before.</summary>
    public double Rescale { get; init; } = 0.7;

    /// <summary>Deviation of the noise that a prediction begins with.</summary>
    public double Start { get; init; } = 0.6;
}
