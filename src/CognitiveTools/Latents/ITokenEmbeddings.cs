namespace CognitiveTools.Latents;

/// <summary>
/// The input embedding matrix of a model, as the network receives it: scaled and dequantised, so that appending
/// row <c>t</c> as an embedding equals appending token <c>t</c>.
/// </summary>
public interface ITokenEmbeddings
{
    /// <summary>Number of rows.</summary>
    int Count { get; }

    /// <summary>Row width in floats.</summary>
    int Length { get; }

    /// <summary>Mean Euclidean norm of the rows.</summary>
    float MeanNorm { get; }

    /// <summary>Root of the mean squared norm of the rows.</summary>
    float RootMeanSquareNorm { get; }

    /// <summary>Copies the row of a token.</summary>
    /// <param name="token">Token between 0 and <see cref="Count"/>, exclusive.</param>
    /// <param name="destination">At least <see cref="Length"/> floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">The token is outside the vocabulary.</exception>
    void CopyRow(int token, Span<float> destination);
}
