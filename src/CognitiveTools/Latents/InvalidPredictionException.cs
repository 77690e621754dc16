namespace CognitiveTools.Latents;

/// <summary>
/// A model computed logits from which no token can be chosen. Engines throw it instead of sampling, so that a damaged model
/// is an error and never an empty answer. The sequence is as it was before the call.
/// </summary>
public sealed class InvalidPredictionException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="position">Position whose prediction it is, counted from 0.</param>
    /// <param name="problem">What is wrong, as <see cref="ProblemOf"/> says it.</param>
    public InvalidPredictionException(string model, int position, string problem)
        : base($"{model} predicts nothing at position {position}: {problem}. Its weights, its metadata or the rows fed to it hold no "
            + "usable numbers: get the model again, or use another one.")
        => (Model, Position, Problem) = (model, position, problem);

    /// <summary>Name of the model.</summary>
    public string Model { get; }

    /// <summary>Position whose prediction it is, counted from 0.</summary>
    public int Position { get; }

    /// <summary>What is wrong with the logits.</summary>
    public string Problem { get; }

    /// <summary>Judges a row of logits by its extremes. NaN anywhere in the row must make them NaN, as in
    /// <c>TensorPrimitives.Max</c>.</summary>
    /// <param name="largest">The largest logit.</param>
    /// <param name="smallest">The smallest logit.</param>
    /// <returns>What is wrong, or <see langword="null"/>. A single token of minus infinity is a choice that is ruled out, and
    /// right.</returns>
    public static string? ProblemOf(float largest, float smallest) =>
        float.IsNaN(largest) ? "a logit is NaN"
        : float.IsPositiveInfinity(largest) ? "the best logit is infinite"
        : float.IsNegativeInfinity(largest) ? "all logits are minus infinity"
        : largest == smallest ? $"all logits equal {largest.ToString(System.Globalization.CultureInfo.InvariantCulture)}"
        : null;
}
