using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Tests.Summaries;

public sealed class SolutionCurveTests
{
    // Of four right answers two are found, one of them twice; the best by its score is wrong.
    private static readonly FoundAnswers Unit = new(4,
    [
        new FoundAnswer("a", true, 0.5), new FoundAnswer("x", false, 0.9), new FoundAnswer("a", true, 0.4), new FoundAnswer("b", true, 0.7),
        new FoundAnswer(null, false, 0.1),
    ]);

    [Fact]
    public void Each_point_is_the_mean_over_all_choices_of_n_solves()
    {
        var curve = SolutionCurve.Of("wide", [Unit]);
        Assert.Equal([1, 2, 5], curve.Points.Select(static point => point.N));
        Assert.Equal(3 / 5.0, curve.Valid, 1e-12);
        foreach (var point in curve.Points)
        {
            var choices = Choices(point.N).ToArray();
            Assert.Equal(choices.Average(Found), point.Coverage, 1e-12);
            Assert.Equal(choices.Average(Best), point.Valued!.Value, 1e-12);
            Assert.Equal(choices.Average(Vote), point.Voted, 1e-12);
        }
    }

    [Fact]
    public void Solves_without_a_score_have_no_selection_by_value()
    {
        var unscored = new FoundAnswers(1, [new FoundAnswer("a", true, null), new FoundAnswer("a", true, null)]);
        Assert.All(SolutionCurve.Of("vote", [unscored]).Points, static point => Assert.Null(point.Valued));
    }

    private static IEnumerable<FoundAnswer[]> Choices(int n) => Enumerable.Range(0, 1 << Unit.Branches.Count)
        .Where(set => int.PopCount(set) == n)
        .Select(set => Unit.Branches.Where((_, i) => (set & (1 << i)) != 0).ToArray());

    private static double Found(FoundAnswer[] chosen) =>
        chosen.Where(static one => one.IsRight).Select(static one => one.Answer).Distinct().Count() / 4.0;

    private static double Best(FoundAnswer[] chosen) => chosen.MaxBy(static one => one.Confidence)!.IsRight ? 1 : 0;

    // The share of the right answers among those with the most votes.
    private static double Vote(FoundAnswer[] chosen)
    {
        var votes = chosen.Where(static one => one.Answer is not null).GroupBy(static one => (one.Answer, one.IsRight)).ToArray();
        if (votes.Length == 0)
            return 0;
        var first = votes.Where(vote => vote.Count() == votes.Max(static other => other.Count())).ToArray();
        return (double)first.Count(static vote => vote.Key.IsRight) / first.Length;
    }
}
