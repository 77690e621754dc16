using CognitiveTools.Answers.Boards;

namespace CognitiveTools.Answers.Tests.Boards;

public sealed class QueensBoardTests
{
    [Theory]
    [InlineData(4, 2)]
    [InlineData(5, 10)]
    [InlineData(6, 4)]
    [InlineData(7, 40)]
    [InlineData(8, 92)]
    public void An_empty_board_has_the_known_number_of_solutions(int side, int solutions) =>
        Assert.Equal(solutions, QueensBoard.Of(new int[side]).Completions().Count);

    [Fact]
    public void Completions_are_the_solutions_that_keep_the_queens()
    {
        var solutions = QueensBoard.Of(new int[8]).Completions();
        foreach (var given in (string[])["..5.....", "4......6", ".6.27...", "11......"])
        {
            var board = QueensBoard.Parse(given)!;
            string[] wanted = [.. solutions.Select(static solution => $"{solution}")
                .Where(solution => given.Zip(solution).All(static pair => pair.First == '.' || pair.First == pair.Second))];
            Assert.Equal(wanted, board.Completions().Select(static completion => $"{completion}"));
            Assert.Equal(wanted.Length, solutions.Count(solution => solution.Completes(board)));
            Assert.Equal(given, $"{board}");
        }
    }

    [Theory]
    [InlineData("41582736", true)]
    [InlineData("12345678", false)]
    [InlineData("4158273.", false)]
    [InlineData("41582731", false)]
    public void A_solution_has_all_queens_and_no_attack(string text, bool isSolution) =>
        Assert.Equal(isSolution, QueensBoard.Parse(text)!.IsSolution);

    [Theory]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("41582739")]
    [InlineData("4158 736")]
    [InlineData("1234567890")]
    public void Other_texts_are_no_boards(string text) => Assert.Null(QueensBoard.Parse(text));
}
