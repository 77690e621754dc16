using CognitiveTools.Evals.Wandering;
using CognitiveTools.Randomness;

namespace CognitiveTools.Evals.Tests.Wandering;

public sealed class MissRateFitTests
{
    [Theory]
    [InlineData(0.98, 1)]
    [InlineData(0.9, 1)]
    [InlineData(0.9, 3)]
    [InlineData(0.6, 10)]
    public void The_miss_rate_that_made_the_data_lies_in_the_interval(double keep, int goals)
    {
        var random = new SeededRandom(11);
        var trials = Enumerable.Range(0, 4000).Select(i => Walk(random, keep, 1 + (i % 12), goals)).ToArray();

        var fit = MissRateFit.Of(trials)!;

        // Fixed seeds: the interval holds the truth here, and is narrow enough to say something.
        Assert.InRange(1 - keep, fit.Interval.Low, fit.Interval.High);
        Assert.InRange(fit.MissRate, fit.Interval.Low, fit.Interval.High);
        Assert.InRange(fit.Interval.High - fit.Interval.Low, 1e-4, 0.05);
    }

    [Fact]
    public void One_step_and_one_goal_are_a_plain_proportion()
    {
        var fit = MissRateFit.Of(Enumerable.Range(0, 100).Select(i => new SearchTrial(1, 1, i >= 30)))!;
        Assert.Equal(0.3, fit.MissRate, 1e-6);

        // The likelihood interval of 30 in 100, by hand: 2(l(0.3) - l(p)) = 3.84 at both ends.
        Assert.All([fit.Interval.Low, fit.Interval.High], p =>
            Assert.Equal(3.8414588, 2 * ((30 * Math.Log(0.3 / p)) + (70 * Math.Log(0.7 / (1 - p)))), 1e-4));
    }

    [Fact]
    public void Who_always_succeeds_may_still_miss_a_little()
    {
        var fit = MissRateFit.Of(Enumerable.Repeat(new SearchTrial(3, 1, true), 50))!;
        Assert.Equal((0, 0), (fit.MissRate, fit.Interval.Low));
        Assert.Equal(1 - Math.Exp(-3.8414588 / 2 / 150), fit.Interval.High, 1e-6);
    }

    [Fact]
    public void Who_never_succeeds_may_miss_always() =>
        Assert.Equal(1, MissRateFit.Of(Enumerable.Repeat(new SearchTrial(3, 1, false), 50))!.Interval.High);

    [Fact]
    public void Goals_that_need_no_step_say_nothing() => Assert.Null(MissRateFit.Of([new SearchTrial(0, 1, true)]));

    [Fact]
    public void Success_falls_with_depth_and_rises_with_goals()
    {
        Assert.Equal(0.81, MissRateFit.Success(0.9, 2, 1), 1e-12);
        Assert.Equal(1 - (0.19 * 0.19), MissRateFit.Success(0.9, 2, 2), 1e-12);
    }

    private static SearchTrial Walk(SeededRandom random, double keep, int steps, int goals) =>
        new(steps, goals, Enumerable.Range(0, goals).Any(_ =>
            Enumerable.Range(0, steps).All(_ => random.Below(1_000_000) < keep * 1_000_000)));
}
