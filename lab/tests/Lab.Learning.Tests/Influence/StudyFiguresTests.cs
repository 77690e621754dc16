using CognitiveTools.Lab.Learning.Influence;

namespace CognitiveTools.Lab.Learning.Tests.Influence;

/// <summary>The figures of a study, on numbers small enough to work out by hand.</summary>
public sealed class StudyFiguresTests
{
    private static readonly MixtureRow
        Procedure = new("AB[F1]", "NO", IsFact: false, "f1"),
        OtherElement = new("CD[F1]", "PQ", IsFact: false, "f1"),
        OtherProcedure = new("ON[F3]", "NO", IsFact: false, "f3"),
        Fact = new("KL?", "XY", IsFact: true, "KL"),
        Reworded = new("?KL", "XY", IsFact: true, "KL"),
        OtherFact = new("MN?", "VW", IsFact: true, "MN");

    [Fact]
    public void Correlations_are_the_textbook_ones()
    {
        double[] one = [1, 2, 3, 4], other = [1, 3, 2, 10];
        // Deviations -1.5 -0.5 0.5 1.5 and -3 -1 -2 6: products 13, squares 5 and 50.
        Assert.Equal(13 / Math.Sqrt(250), Correlation.Pearson(one, other), 1e-12);
        Assert.Equal(0.8, Correlation.Spearman(one, other), 1e-12);
        Assert.Equal([1.5, 3, 1.5, 4], Correlation.Ranks([2, 5, 2, 7]));
        Assert.True(double.IsNaN(Correlation.Pearson(one, [3, 3, 3, 3])));
    }

    [Fact]
    public void Pairs_are_told_apart_by_what_they_share()
    {
        double[][] scores = [[1, 2, 3], [2, 4, 6], [3, 2, 1], [0, 1, 0], [0, 2, 0], [0, -1, 0]];
        var found = PairCorrelations.Of(scores, [Procedure, OtherElement, OtherProcedure, Fact, Reworded, OtherFact]);

        Assert.Equal(1, Of("same procedure"), 1e-5);
        Assert.Equal(-1, Of("other procedure"), 1e-5);
        Assert.Equal(1, Of("same fact"), 1e-5);
        Assert.Equal(-1, Of("other fact"), 1e-5);
        Assert.Equal(9, found["procedure and fact"]!["pairs"]!.GetValue<int>());

        double Of(string kind) => found[kind]!["pearson"]!.GetValue<double>();
    }

    [Fact]
    public void The_best_records_are_searched_for_the_answer_in_other_texts_too()
    {
        var corpora = new StudyCorpora([OtherElement, OtherProcedure, Fact, Reworded, OtherFact], [Procedure, Fact]);
        var found = TopRecords.Of([[5, 4, 3, 2, 1], [1, 2, 5, 3, 4]], corpora, [1, 2, 3]);

        // The answer NO stands in the second record alone, of another procedure.
        Assert.Equal([0.0, 1, 1], Of("procedures", "answer"));
        Assert.Equal([0.2, 0.4, 0.6], Of("procedures", "answerByChance"));
        Assert.Equal([1, 0.5, 0.33333], Of("procedures", "ofGroup"));
        // The fact's own text is first, its other wording third.
        Assert.Equal([1.0, 1, 1], Of("facts", "answer"));
        Assert.Equal([0.0, 0, 1], Of("facts", "answerElsewhere"));
        Assert.Equal([0.4, 0.7, 0.9], Of("facts", "answerByChance"));

        double[] Of(string kind, string figure) =>
            [.. found[kind]!.AsObject().Select(top => top.Value![figure]!.GetValue<double>())];
    }

    [Fact]
    public void A_score_that_predicts_every_part_has_a_datamodelling_score_of_one()
    {
        int[][] parts = [[0, 1], [1, 2], [0, 2]];
        double[] scores = [5, 1, 2];
        // Sums 6, 3 and 7: the more, the lower the loss.
        Assert.Equal(1, Datamodels.Score(scores, parts, [0.2, 0.9, 0.1]), 1e-12);
        Assert.Equal(-1, Datamodels.Score(scores, parts, [0.2, 0.1, 0.9]), 1e-12);
    }

    [Fact]
    public void Records_are_ordered_by_their_mean_over_the_queries() =>
        Assert.Equal([2, 0, 1], Removals.Order([[1, 0, 2], [9, 9, 9], [1, -3, 5]], [0, 2]));
}
