using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Tests.Statistics;

/// <summary>
/// Values computed independently in Python with exact fractions, full enumeration of sign patterns, and Student quantiles by
/// numerical integration and bisection.
/// </summary>
public sealed class GoldenStatisticsTests
{
    private const double Tolerance = 1e-9;

    [Theory]
    [InlineData(3, 8, 0.95, 0.13684428582359742, 0.6942576053973727)]
    [InlineData(0, 10, 0.95, 0.0, 0.27753279986288915)]
    [InlineData(45, 90, 0.95, 0.39883722823547363, 0.6011627717645264)]
    [InlineData(12.5, 40, 0.99, 0.16231998130457026, 0.516032473760774)]
    public void Wilson_intervals(double successes, int trials, double confidence, double low, double high)
    {
        var interval = Wilson.Of(successes, trials, confidence);

        Assert.Equal(low, interval.Low, Tolerance);
        Assert.Equal(high, interval.High, Tolerance);
    }

    [Fact]
    public void Question_level_error_and_interval()
    {
        var estimate = QuestionLevel.Accuracy([0, 0.25, 0.5, 1, 0.75, 0.25, 0, 0.5], samples: 4);

        Assert.Equal(0.40625, estimate.Mean, Tolerance);
        Assert.Equal(0.12444071307827102, estimate.StandardError, Tolerance);
        Assert.Equal(0.11199447196962203, estimate.Interval!.Value.Low, Tolerance);
        Assert.Equal(0.700505528030378, estimate.Interval.Value.High, Tolerance);
        Assert.Equal("t", estimate.Method);
    }

    [Fact]
    public void Sampling_only_error() =>
        Assert.Equal(0.09128709291752769, SamplingOnly.StandardError([(0, 4), (1, 4), (2, 4), (4, 4), (3, 4)]), Tolerance);

    [Fact]
    public void Clustered_error() =>
        Assert.Equal(0.19680919920393786, ClusteredError.Of([("a", 1), ("a", 1), ("b", 0), ("b", 1), ("c", 0), ("c", 0), ("c", 1)]), Tolerance);

    [Theory]
    [InlineData(new long[] { 1, 1, 1, 1, 1 }, 0.0625)]
    [InlineData(new long[] { 3, -1, 2, 0, 5, -2, 4, 1 }, 0.171875)]
    [InlineData(new long[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, 0.00048828125)]
    [InlineData(new long[] { 2, -1, -1, 3, 1, 1, 0, -4, 2, 2, 5, -3, 1, 6 }, 0.231689453125)]
    [InlineData(new long[] { 0, 0 }, 1)]
    public void Exact_sign_flip_p_values(long[] differences, double p)
    {
        var test = SignFlip.Test(differences);

        Assert.Equal(p, test.P, Tolerance);
        Assert.Equal("exact sign flip", test.Method);
    }

    [Theory]
    [InlineData(5, 0, 0.0625)]
    [InlineData(6, 1, 0.125)]
    [InlineData(7, 2, 0.1796875)]
    [InlineData(8, 3, 0.2265625)]
    [InlineData(30, 12, 0.007915897334896727)]
    [InlineData(330, 400, 0.010605994778707738)]
    [InlineData(4, 4, 1)]
    [InlineData(0, 0, 1)]
    public void Exact_McNemar_p_values(int better, int worse, double p) =>
        Assert.Equal(p, McNemar.Exact(better, worse), Tolerance);

    [Fact]
    public void Holm_adjusted_p_values() =>
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.04, 0.03, 0.005]).Select(p => Math.Round(p, 12)));

    [Theory]
    [InlineData(0.095, 0.8, 0.05, 0.26615059572073196)]
    [InlineData(0.03, 0.9, 0.01, 0.11572142607280501)]
    public void Minimal_detectable_effects(double error, double power, double alpha, double effect) =>
        Assert.Equal(effect, Power.MinimalDetectableEffect(error, power, alpha), Tolerance);

    [Fact]
    public void A_paired_difference()
    {
        var difference = PairedDifference.Of(
            [new(0, 4, 2, 4), new(1, 4, 3, 4), new(4, 4, 4, 4), new(2, 4, 1, 4), new(0, 4, 1, 4), new(3, 4, 4, 4)]);

        Assert.Equal(0.20833333333333334, difference.Mean, Tolerance);
        Assert.Equal(0.11931517552730295, difference.StandardError, Tolerance);
        Assert.Equal(-0.09837608959291175, difference.Interval!.Value.Low, Tolerance);
        Assert.Equal(0.5150427562595784, difference.Interval.Value.High, Tolerance);
        Assert.Equal(0.25, difference.Test.P, Tolerance);
        Assert.Equal((4, 1), (difference.Better, difference.Worse));
    }

    [Fact]
    public void Uneven_sample_counts_share_a_lattice() =>
        Assert.Equal(0.75, PairedDifference.Of([new(1, 3, 1, 2), new(1, 4, 2, 3), new(1, 1, 2, 2), new(1, 6, 0, 1)]).Test.P, Tolerance);
}
