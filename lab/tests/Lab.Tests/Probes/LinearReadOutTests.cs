using CognitiveTools.Lab.Training.Probes;

namespace CognitiveTools.Lab.Tests.Probes;

public sealed class LinearReadOutTests
{
    [Fact]
    public void What_is_linear_in_the_vector_is_read_and_what_is_not_in_it_is_not()
    {
        var random = Randomness.SeededRandom.For(3, "vectors");
        float[][] vectors = [.. Enumerable.Range(0, 600).Select(_ => (float[])[.. Enumerable.Range(0, 8)
            .Select(_ => (float)Randomness.SeededRandom.Normal(random))])];
        int[] largest = [.. vectors.Select(static vector => Array.IndexOf(vector, vector[..4].Max()))];
        int[] unrelated = [.. vectors.Select(_ => random.Below(4))];

        Assert.InRange(Right(largest), 170, 200);
        Assert.InRange(Right(unrelated), 20, 80);

        int Right(int[] labels) => LinearReadOut.Fit(vectors[..400], labels[..400]).Read(vectors[400..])
            .Zip(labels[400..]).Count(static pair => pair.First == pair.Second);
    }

    [Fact]
    public void Labels_need_not_be_consecutive_and_one_is_enough()
    {
        float[][] vectors = [[1, 0], [2, 0]];
        Assert.Equal([700, 700], LinearReadOut.Fit(vectors, [700, 700]).Read(vectors));
        Assert.Empty(LinearReadOut.Fit(vectors, [1, 2]).Read([]));
    }
}
