using CognitiveTools.Lab.Problems.DataAlchemy;
using CsCheck;

namespace CognitiveTools.Lab.Tests.DataAlchemy;

public sealed class ChainScoreTests
{
    private static readonly Gen<string> Texts = Gen.Char['A', 'E'].Array[0, 9].Select(letters => new string(letters));

    [Fact]
    public void A_text_is_at_distance_zero_from_itself_only() => Gen.Select(Texts, Texts).Sample((a, b) =>
    {
        var score = ChainScore.Of(a, b);
        Assert.Equal(a == b, score.Exact);
        Assert.Equal(a == b, score.EditDistance == 0);
        Assert.InRange(score.EditDistance, 0, 1);
        Assert.InRange(score.Bleu, 0, 1);
        Assert.Equal(score.EditDistance, ChainScore.Of(b, a).EditDistance);
    });

    [Theory]
    [InlineData("ABCD", "ABCE", 0.25)]
    [InlineData("ABC", "ABCD", 0.25)]
    [InlineData("A[F1]", "A[F2]", 0.5)]
    [InlineData("", "AB", 1)]
    public void Edit_distance_counts_tokens_over_the_longer_length(string said, string wanted, double expected) =>
        Assert.Equal(expected, ChainScore.Of(said, wanted).EditDistance, 1e-12);

    // By hand: precisions 4/5, 3/4, 2/3, 1/2 without a penalty for length; then one token short, with it.
    [Fact]
    public void Bleu_agrees_with_a_count_by_hand()
    {
        Assert.Equal(Math.Pow(4.0 / 5 * 3 / 4 * 2 / 3 * 1 / 2, 0.25), ChainScore.Of("ABCDX", "ABCDE").Bleu, 1e-12);
        Assert.Equal(Math.Exp(1 - (5.0 / 4)), ChainScore.Of("ABCD", "ABCDE").Bleu, 1e-12);
        Assert.Equal(Math.Pow(0.1, 0.25), ChainScore.Of("ABC", "ABC").Bleu, 1e-12);
        Assert.Equal(0, ChainScore.Of("XYZ", "ABC").Bleu);
    }

    [Fact]
    public void A_chain_is_scored_part_by_part()
    {
        var task = new AlchemyTask("ABCD", AlchemyTask.ParseComposition("f1f2"));
        var score = AlchemyAnswer.Read("NOPQ[F2]\nANSWER: NOPQ").Score(task);
        Assert.Equal((true, false, false), (score.Reasoning.Exact, score.Answer.Exact, score.FullChain.Exact));
        Assert.Equal(2.0 / 10, score.FullChain.EditDistance, 1e-12);
        Assert.True(AlchemyAnswer.Read(task.Reasoning + "\nANSWER: " + task.Answer).Score(task).FullChain.Exact);
    }
}
