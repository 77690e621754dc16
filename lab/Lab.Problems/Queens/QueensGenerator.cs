using CognitiveTools.Answers.Boards;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Queens;

/// <summary>
/// Partial boards of eight queens, as "Generative Recursive Reasoning" (arXiv 2605.19376) makes them: five to seven queens are taken from
/// each of the 92 solutions. All 8,464 pairs of board and solution are made; a hash of the board decides whether it is held out, so no
/// board that is asked was trained on with another solution.
/// </summary>
internal static class QueensGenerator
{
    /// <summary>Family of the training conversations, and the split's name in <c>coglab data problems</c>.</summary>
    public const string Family = "queens";

    /// <summary>Rows of a board.</summary>
    public const int Side = 8;

    private const int FewestTaken = 5, MostTaken = 7;

    // 3 of 20 boards, the 15% of the paper.
    private const ulong Shares = 20, HeldOutShares = 3;

    /// <summary>All pairs of a board and one of its solutions, in the order of the solutions.</summary>
    public static IEnumerable<(QueensBoard Given, QueensBoard Solution)> Pairs() =>
        from solution in QueensBoard.Of(new int[Side]).Completions()
        from kept in Enumerable.Range(0, 1 << Side)
        where Side - int.PopCount(kept) is >= FewestTaken and <= MostTaken
        select (solution.Without([.. Enumerable.Range(0, Side).Where(row => (kept & (1 << row)) == 0)]), solution);

    /// <summary>Whether a board is never trained on.</summary>
    public static bool IsHeldOut(QueensBoard given) => StableHash.Of($"{given}") % Shares < HeldOutShares;

    /// <summary>
    /// Boards in an order that a seed fixes: to train on, each with all of its solutions; of those held out, each with the first.
    /// </summary>
    public static IEnumerable<Conversation> Converse(ulong seed, bool heldOut)
    {
        var pairs = Pairs().Where(pair => IsHeldOut(pair.Given) == heldOut).ToList();
        if (heldOut)
            pairs = [.. pairs.DistinctBy(static pair => $"{pair.Given}")];
        SeededRandom.For(seed, heldOut ? "queens held out" : Family).Shuffle(pairs);
        return pairs.Select(static pair => new Conversation(
            "direct",
            Family,
            pair.Given.Columns.Count(static column => column == 0),
            0,
            [new Passage(Role.User, $"{pair.Given}"), new Passage(Role.Assistant, $"{pair.Solution}", Learn: true)]));
    }

    /// <summary>
    /// Held-out boards as problems. The text and the reference answer are the board; every valid completion of it is right (the answers
    /// <c>queens</c>). The topic is the number of missing queens, the difficulty the number of solutions.
    /// </summary>
    /// <param name="seed">Fixes which, and their order.</param>
    /// <param name="count">Problems at most.</param>
    public static ProblemSet Problems(ulong seed, int count)
    {
        var boards = Pairs().Select(static pair => pair.Given).Where(IsHeldOut).DistinctBy(static board => $"{board}").ToList();
        SeededRandom.For(seed, "queens problems").Shuffle(boards);
        return new ProblemSet(
            $"{Family}-{seed}",
            [.. boards.Take(count).Select((board, index) => new Problem($"{Family}-{seed}-{index + 1:D4}", $"{board}", $"{board}")
            {
                Topic = $"{board.Columns.Count(static column => column == 0)} queens missing",
                Difficulty = $"{board.Completions().Count}",
                Source = "eight queens: row by row the column of the queen, a point where one is missing",
            })],
            0);
    }
}
