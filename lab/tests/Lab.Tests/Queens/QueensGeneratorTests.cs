using CognitiveTools.Answers.Boards;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems.Queens;
using CognitiveTools.Lab.Training.Cards;

namespace CognitiveTools.Lab.Tests.Queens;

public sealed class QueensGeneratorTests
{
    [Fact]
    public void Pairs_and_boards_are_as_many_as_the_paper_has()
    {
        var pairs = QueensGenerator.Pairs().ToArray();
        Assert.Equal(8_464, pairs.Length);
        Assert.Equal(5_148, pairs.Select(static pair => $"{pair.Given}").Distinct().Count()); // 4,375 to train on and 773 held out there
        Assert.All(pairs, static pair => Assert.True(pair.Solution.Completes(pair.Given)));
        Assert.Equal(pairs.Length, pairs.Select(static pair => pair.Given).DistinctBy(static board => $"{board}")
            .Sum(static board => board.Completions().Count));
    }

    [Fact]
    public void No_board_that_is_held_out_is_trained_on()
    {
        var trained = QueensGenerator.Converse(1, heldOut: false).Select(static one => one.Passages[0].Text)
            .ToHashSet(StringComparer.Ordinal);
        var heldOut = QueensGenerator.Converse(1, heldOut: true).Select(static one => one.Passages[0].Text).ToArray();
        Assert.Equal(heldOut.Length, heldOut.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(heldOut, trained.Contains);
        Assert.Equal(5_148, trained.Count + heldOut.Length);
        Assert.All(QueensGenerator.Problems(2030, 300).Problems, problem => Assert.DoesNotContain(problem.Text, trained));
    }

    [Fact]
    public void The_shipped_boards_are_those_the_generator_draws()
    {
        var drawn = new CardData("queens", 2030, 300).Draw();
        Assert.Equal(
            ProblemFile.Write(drawn.Problems), File.ReadAllText(Path.Combine(Repository.Root, "evals", "problems", "queens.jsonl")));
        Assert.All(drawn.Problems, static problem =>
            Assert.Equal(problem.Difficulty, $"{QueensBoard.Parse(problem.Answer)!.Completions().Count}"));
    }
}
