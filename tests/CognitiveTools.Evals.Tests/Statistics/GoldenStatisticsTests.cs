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
    public void Clustered_error()
    {
        (string, double)[] values = [("a", 1), ("a", 1), ("b", 0), ("b", 1), ("c", 0), ("c", 0), ("c", 1)];
        Assert.Equal(0.19680919920393786, ClusteredError.Of(values), Tolerance);
    }

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
        Assert.Equal(effect, PowerAnalysis.MinimalDetectableEffect(error, power, alpha), Tolerance);

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

    [Theory]
    [InlineData(8, 3, 1, 0.375)]
    [InlineData(8, 3, 4, 0.9285714285714286)]
    [InlineData(64, 5, 16, 0.7754211679383546)]
    [InlineData(10, 0, 3, 0)]
    [InlineData(10, 8, 3, 1)]
    [InlineData(4, 2, 5, double.NaN)]
    public void Pass_at_k(int samples, int correct, int k, double value) =>
        Assert.Equal(value, PassAtK.Any(samples, correct, k), Tolerance);

    [Theory]
    [InlineData(8, 3, 2, 1, 0.10714285714285714)]
    [InlineData(64, 60, 16, 1, 0.30624386190224373)]
    [InlineData(16, 10, 8, 0.5, 0.9405594405594405)]
    [InlineData(16, 10, 8, 1, 0.0034965034965034965)]
    [InlineData(4, 2, 5, 0.5, double.NaN)]
    public void At_least_a_share_of_k(int samples, int correct, int k, double share, double value)
    {
        Assert.Equal(value, PassAtK.AtLeast(samples, correct, k, share), Tolerance);
        if (share == 1)
            Assert.Equal(value, PassAtK.All(samples, correct, k), Tolerance);
    }

    // Enumerated over all choices of k samples.
    [Theory]
    [InlineData(2, new[] { 2, 1 }, 0, 3, 13.0 / 30)]
    [InlineData(2, new[] { 2, 1 }, 0, 5, 0.5)]
    [InlineData(1, new[] { 1, 1 }, 0, 1, 1.0 / 3)]
    [InlineData(3, new[] { 2, 2, 1 }, 0, 4, 0.5)]
    [InlineData(0, new[] { 2, 1 }, 0, 2, 0)]
    [InlineData(2, new[] { 2, 1 }, 3, 4, 59.0 / 140)]
    [InlineData(1, new int[0], 3, 2, 0.5)]
    [InlineData(1, new int[0], 0, 2, double.NaN)]
    public void Majority_at_k(int correct, int[] others, int none, int k, double value) =>
        Assert.Equal(value, MajorityAtK.Expected(correct == 0 ? [] : [correct], others, none, k), Tolerance);

    // Of aabww: aab and aaw (twice) are right, abw (four times) counts by two of three winners, aww and bww are wrong.
    [Fact]
    public void Two_forms_of_the_right_answer_vote_each_for_itself() =>
        Assert.Equal(17.0 / 30, MajorityAtK.Expected([2, 1], [2], 0, 3), Tolerance);
}
