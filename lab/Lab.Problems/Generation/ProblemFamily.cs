using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>
/// A kind of problem with a dial for the number of dependent steps. The last of its wordings is never trained on.
/// </summary>
internal abstract class ProblemFamily
{
    /// <summary>Wordings kept back for <see cref="Split.Reworded"/>.</summary>
    public const int UnseenWordings = 1;

    /// <summary>Short name, as in reports.</summary>
    public abstract string Name { get; }

    /// <summary>Number of templates, the unseen ones included.</summary>
    public virtual int Wordings => 5;

    /// <summary>Most dependent steps in training; the least is 1.</summary>
    public virtual int TrainedSteps => 6;

    /// <summary>Most dependent steps of <see cref="Split.Longer"/>.</summary>
    public virtual int LongestSteps => TrainedSteps + 2;

    /// <summary>
    /// Largest intermediate value in families whose values grow. Small, so that a small model can know all sums and
    /// products that occur; problems longer than trained need more room.
    /// </summary>
    protected int LargestValue(int steps) => steps > TrainedSteps ? 400 : 100;

    /// <summary>The analogous problem that recall gives, in canonical form.</summary>
    public abstract Instance Analogue { get; }

    /// <summary>Draws a problem with that many steps; <see langword="null"/> when the draw is not usable, draw again.</summary>
    public abstract Instance? Draw(SeededRandom random, int steps);

    /// <summary>
    /// Draws a problem that takes an earlier answer as its starting value.
    /// </summary>
    /// <param name="random">Where the other parameters come from.</param>
    /// <param name="steps">Dependent steps.</param>
    /// <param name="start">The earlier answer.</param>
    /// <param name="shown">What the wording calls it.</param>
    /// <returns><see langword="null"/> when the family takes no starting value or not this one.</returns>
    public virtual ContinuingInstance? DrawFrom(SeededRandom random, int steps, int start, string shown) => null;
}
