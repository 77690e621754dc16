using CognitiveTools.Lab.Learning.Networks;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>Settings of <see cref="GroupPolicy"/>.</summary>
internal sealed record PolicySettings
{
    /// <summary>Texts that are drawn for a prompt.</summary>
    public int Group { get; init; } = 16;

    /// <summary>How far the ratio of new to old probability may be from 1 before it stops counting.</summary>
    public double Clip { get; init; } = 0.2;

    /// <summary>Updates that learn from the same texts.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>
    /// Temperatures of the policy, when it draws and when it learns. A higher one for the first token tries other ways to begin, and each
    /// text goes on as the network would.
    /// </summary>
    public Temperatures Temperature { get; init; } = 1;

    /// <summary>Most tokens of a text.</summary>
    public int Limit { get; init; } = 96;

    /// <summary>Thoughts between prompt and text; none when 0.</summary>
    public int Thoughts { get; init; }

    /// <summary>Deviation of the noise on each coordinate of a thought, as a share of the root mean square of the embeddings' coordinates.
    /// </summary>
    public double Noise { get; init; } = 0.33;

    /// <summary>The control: every thought is the embedding of the pause.</summary>
    public bool IsPause { get; init; }

    /// <summary>The control: a coin decides about the reward (Shao et al. 2025, arXiv 2506.10947).</summary>
    public bool IsRandom { get; init; }
}
