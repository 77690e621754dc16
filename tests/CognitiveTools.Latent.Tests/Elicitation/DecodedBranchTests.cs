using CognitiveTools.Latent.Elicitation;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;
using CsCheck;

namespace CognitiveTools.Latent.Tests.Elicitation;

public class DecodedBranchTests
{
    // "x=" "4" "2" "." : the margins of the span "42" are the second and third.
    private static readonly int[] Ends = [2, 3, 4, 5];
    private static readonly double[] Margins = [0.9, 0.25, 0.75, 0.1];

    [Theory]
    [InlineData(2, 2, 0.5)]
    [InlineData(3, 1, 0.75)]
    [InlineData(1, 2, (0.9 + 0.25) / 2)] // a token that is in the span by one character counts whole
    [InlineData(0, 5, (0.9 + 0.25 + 0.75 + 0.1) / 4)]
    [InlineData(5, 1, 0)]
    public void The_confidence_is_the_mean_over_the_tokens_of_the_span(int start, int length, double expected) =>
        Assert.Equal(expected, DecodedBranch.Over(new AnswerSpan("42", start, length), Ends, Margins), 12);

    [Fact]
    public void A_token_without_text_is_in_no_span() =>
        Assert.Equal(0.3, DecodedBranch.Over(new AnswerSpan("7", 0, 1), [0, 1], [0.9, 0.3]), 12);

    [Fact]
    public void The_maximum_takes_the_surest_branch_and_the_sum_the_answer_with_the_most_support()
    {
        DecodedBranch[] branches = [Branch(0, "7", 0.9), Branch(1, null, 0), Branch(2, "8", 0.6), Branch(3, "8", 0.5)];

        Assert.Equal(0, DecodedBranch.Choose(branches, BranchSelection.Max, string.Equals)!.Rank);
        Assert.Equal(2, DecodedBranch.Choose(branches, BranchSelection.Aggregate, string.Equals)!.Rank);
        Assert.Null(DecodedBranch.Choose([Branch(0, null, 0)], BranchSelection.Aggregate, string.Equals));
        Assert.Null(DecodedBranch.Choose([Branch(0, null, 0)], BranchSelection.Max, string.Equals));
    }

    [Fact]
    public void Of_equals_the_better_first_token_is_taken() =>
        Gen.Double[0, 1].Sample(confidence =>
        {
            DecodedBranch[] branches = [Branch(0, "1", confidence), Branch(1, "2", confidence)];
            Assert.Equal(0, DecodedBranch.Choose(branches, BranchSelection.Max, string.Equals)!.Rank);
            Assert.Equal(0, DecodedBranch.Choose(branches, BranchSelection.Aggregate, string.Equals)!.Rank);
        });

    private static DecodedBranch Branch(int rank, string? answer, double confidence) =>
        new(rank, new TokenShare("t", 0.1), new("", "", 0), 1, GenerationEnd.EndOfTurn) { Answer = answer, Confidence = confidence };
}
