using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Tests.Fakes;

/// <summary>Eight rows of three floats.</summary>
public sealed class FakeEmbeddings : ITokenEmbeddings
{
    internal static readonly float[][] Rows =
    [
        [0.1f, 0.0f, -0.1f], [0.0f, -0.2f, 0.1f], [0.9f, 0.1f, 0.0f], [0.0f, 0.8f, 0.2f],
        [-0.3f, 0.1f, 0.7f], [0.2f, 0.2f, 0.2f], [0.5f, -0.5f, 0.0f], [-0.5f, 0.0f, 0.5f],
    ];

    public int Count => Rows.Length;

    public int Length => 3;

    public float MeanNorm => Rows.Average(Norm);

    public float RootMeanSquareNorm => MathF.Sqrt(Rows.Average(row => Norm(row) * Norm(row)));

    public void CopyRow(int token, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Count);
        Rows[token].CopyTo(destination);
    }

    internal static float Norm(IEnumerable<float> row) => MathF.Sqrt(row.Sum(value => value * value));
}
