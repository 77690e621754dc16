using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Tests.Fakes;

/// <summary>Rows as a test gives them.</summary>
internal sealed class MatrixEmbeddings(float[][] rows) : ITokenEmbeddings
{
    /// <summary>Rows read so far.</summary>
    public int Reads { get; private set; }

    public int Count => rows.Length;

    public int Length => rows[0].Length;

    public float MeanNorm => rows.Average(FakeEmbeddings.Norm);

    public float RootMeanSquareNorm => MathF.Sqrt(rows.Average(row => FakeEmbeddings.Norm(row) * FakeEmbeddings.Norm(row)));

    public void CopyRow(int token, Span<float> destination)
    {
        Reads++;
        rows[token].CopyTo(destination);
    }
}
