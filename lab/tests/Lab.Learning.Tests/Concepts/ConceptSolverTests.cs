using CognitiveTools.Lab.Learning.Concepts;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Concepts;

public sealed class ConceptSolverTests
{
    private const int Most = 5;

    private static readonly LineCoderShape Sizes = new(ConceptCorpus.Words.Count, 8, 1, 2, 12, 32, ConceptCorpus.Code);

    private readonly LinedProblem[] _problems = ConceptCorpus.Cutter.Distinct(ConceptCorpus.File, 9);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Problems_together_are_solved_as_each_alone_and_every_position_is_counted(bool reads)
    {
        using var scope = NewDisposeScope();
        using var coder = new LineCoder(Sizes, new SeededRandom(5));
        var shape = new ConceptShape(ConceptCorpus.Words.Count, 8, 2, 2, 12, 32, ConceptCorpus.Code, ConceptHead.Quantised)
        {
            Levels = 3,
            Entries = 4,
        };
        using var network = new ConceptModel(shape, new SeededRandom(6));
        var concepts = coder.Encode(ConceptCorpus.Table.Lines).detach();
        Codebooks.Fit(concepts, network.Books, new SeededRandom(2));
        var solver = new ConceptSolver(
            "one", coder, network, new ConceptQuantised(ConceptCorpus.Table, concepts, network.Books), ConceptCorpus.Cutter)
        {
            MostLines = Most,
            Reads = reads,
        };

        var together = solver.Solve(_problems);

        foreach (var (problem, answer) in _problems.Zip(together))
        {
            Assert.Equal(Texts(solver.Solve([problem])[0]), Texts(answer));
            var ended = answer.Lines.ToList().FindIndex(ConceptCorpus.Cutter.IsAnswer);
            Assert.Equal(ended < 0 ? Most : ended + 1, answer.Lines.Count);
            long asked = problem.Question.Sum(static line => line.Length), written = answer.Lines.Sum(static line => line.Count + 1);
            var again = reads ? answer.Lines.SkipLast(1).Sum(static line => line.Count) : 0;
            var positions = 1 + problem.Question.Count + (answer.Lines.Count - 1) + 3 * answer.Lines.Count;
            Assert.Equal(positions + asked + again + written, answer.Positions);
            // A block has 4 matrices of width x width and 3 of width x hidden; behind the decoder all tokens are weighed.
            const int Block = 4 * 8 * 8 + 3 * 8 * 12;
            var words = ConceptCorpus.Words.Count * 8;
            Assert.Equal(
                positions * (2 * Block + 8 * ConceptCorpus.Code + 8 * 4) + (asked + again) * (Block + 8 * ConceptCorpus.Code)
                    + written * (Block + 8 * ConceptCorpus.Code + words),
                answer.Multiplications);
        }
    }

    [Fact]
    public void A_problem_without_a_question_is_solved_too()
    {
        using var coder = new LineCoder(Sizes, new SeededRandom(5));
        using var network = new ConceptModel(
            new ConceptShape(ConceptCorpus.Words.Count, 8, 1, 2, 12, 32, ConceptCorpus.Code, ConceptHead.Regression), new SeededRandom(6));
        var solver = new ConceptSolver(
            "one", coder, network, new ConceptRegression(ConceptCorpus.Table, ConceptCorpus.Concepts), ConceptCorpus.Cutter)
        {
            MostLines = Most,
        };
        var answers = solver.Solve([.. _problems.Select(ConceptCorpus.Cutter.WithoutQuestion)]);
        Assert.All(answers, answer => Assert.Equal(Texts(answers[0]), Texts(answer)));
    }

    [Fact]
    public void A_token_model_is_billed_for_what_it_reads_and_writes()
    {
        using var network = new Decoder(new DecoderShape(ConceptCorpus.Words.Count, 8, 2, 2, 12, 128), new SeededRandom(5));
        var answers = new TokenSolver("one", network, ConceptCorpus.Cutter) { MostTokens = 9 }.Solve(_problems);
        foreach (var (problem, answer) in _problems.Zip(answers))
        {
            var text = answer.Lines.Sum(static line => line.Count) + answer.Lines.Count - 1;
            Assert.Equal(problem.Prompt.Count + text, answer.Positions);
            Assert.Equal(
                answer.Positions * 2 * (4 * 8 * 8 + 3 * 8 * 12) + (text + 1) * 8L * ConceptCorpus.Words.Count, answer.Multiplications);
        }
    }

    private static string[] Texts(LinedAnswer answer) => [.. answer.Lines.Select(ConceptCorpus.Cutter.Text)];
}
