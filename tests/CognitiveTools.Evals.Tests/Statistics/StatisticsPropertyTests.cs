using CognitiveTools.Evals.Statistics;
using CsCheck;

namespace CognitiveTools.Evals.Tests.Statistics;

public sealed class StatisticsPropertyTests
{
    private static readonly Gen<PairedCounts[]> Pairs =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4]).Select((a, b) => new PairedCounts(a, 4, b, 4)).Array[1, 30];

    [Fact]
    public void A_Wilson_interval_holds_its_estimate_and_stays_between_0_and_1() =>
        Gen.Int[1, 200].SelectMany(n => Gen.Int[0, n].Select(x => (x, n))).Sample((x, n) =>
        {
            var interval = Wilson.Of(x, n);
            return 0 <= interval.Low && interval.Low <= (double)x / n && (double)x / n <= interval.High && interval.High <= 1;
        });

    [Fact]
    public void With_one_sample_the_sign_flip_test_is_McNemar_s() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], Gen.Int[0, 10]).Sample((better, worse, same) =>
        {
            long[] differences = [.. Enumerable.Repeat(1L, better), .. Enumerable.Repeat(-1L, worse), .. Enumerable.Repeat(0L, same)];
            return Math.Abs(SignFlip.Test(differences).P - McNemar.Exact(better, worse)) < 1e-12;
        });

    [Fact]
    public void Swapping_the_arms_flips_the_difference_and_keeps_p() =>
        Pairs.Sample(pairs =>
        {
            var forth = PairedDifference.Of(pairs);
            var back = PairedDifference.Of(
                [.. pairs.Select(p => new PairedCounts(p.SecondCorrect, p.SecondSamples, p.FirstCorrect, p.FirstSamples))]);
            return Math.Abs(forth.Mean + back.Mean) < 1e-12 && Math.Abs(forth.Test.P - back.Test.P) < 1e-12
                && forth.Better == back.Worse && forth.Test.P is > 0 and <= 1;
        });

    [Fact]
    public void The_order_of_problems_does_not_matter() =>
        Pairs.Sample(pairs => Math.Abs(PairedDifference.Of(pairs).Test.P - PairedDifference.Of([.. pairs.Reverse()]).Test.P) < 1e-12);

    [Fact]
    public void Random_flips_agree_with_the_exact_count()
    {
        long[] differences = [.. Enumerable.Range(1, 30).Select(i => i % 3 == 0 ? -(long)i : i)];
        var observed = Math.Abs(differences.Sum());

        var sampled = SignFlip.Sampled([.. differences.Select(Math.Abs)], observed, seed: 5);

        Assert.Equal(SignFlip.Test(differences).P, sampled, 0.005); // three standard errors of 100,000 draws
        Assert.Equal(sampled, SignFlip.Sampled([.. differences.Select(Math.Abs)], observed, seed: 5));
    }

    [Fact]
    public void Beyond_forty_differing_problems_the_flips_are_drawn_and_said_to_be()
    {
        var test = SignFlip.Test([.. Enumerable.Repeat(1L, 41), .. Enumerable.Repeat(0L, 100)], seed: 1);

        Assert.Equal("sign flip, 100000 random", test.Method);
        Assert.Equal(1 / 100_001.0, test.P, 1e-15);
    }

    [Fact]
    public void Holm_never_lowers_a_p_value_and_keeps_their_order() =>
        Gen.Double[0, 1].Array[1, 12].Sample(values =>
        {
            var adjusted = Holm.Adjust(values);
            var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).Select(i => adjusted[i]).ToArray();
            return values.Zip(adjusted).All(v => v.Second >= v.First && v.Second <= 1) && order.SequenceEqual(order.Order());
        });

    [Fact]
    public void Problems_that_all_agree_still_leave_accuracy_uncertain()
    {
        var estimate = QuestionLevel.Accuracy([1, 1, 1, 1], samples: 8);

        Assert.Equal("Wilson", estimate.Method);
        Assert.InRange(estimate.Interval!.Value.Low, 0.4, 0.6);
    }

    [Fact]
    public void Four_times_the_problems_halve_the_detectable_effect() =>
        Assert.Equal(400, PowerAnalysis.ProblemsFor(100, 0.05, PowerAnalysis.MinimalDetectableEffect(0.05) / 2 * (1 + 1e-12)));

    [Fact]
    public void Impossible_input_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Of(11, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Of(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedCounts(2, 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedDifference.Of([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerAnalysis.MinimalDetectableEffect(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerAnalysis.ProblemsFor(10, 0.1, 0));
    }
}
