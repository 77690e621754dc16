using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Tests.Objectives;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.ProsQa;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;

namespace CognitiveTools.Lab.Learning.Tests.Data;

public sealed class SolutionCutterTests
{
    public static TheoryData<string> Kinds =>
        [.. Enum.GetNames<SolutionUnit>().Except([nameof(SolutionUnit.Sentence)], StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Units_and_answer_put_together_are_the_solution(string unit)
    {
        var cutter = new SolutionCutter(SmallCorpus.Words, Enum.Parse<SolutionUnit>(unit));
        for (var row = 0; row < SmallCorpus.File.Count; row++)
        {
            var (_, text) = SmallCorpus.File.Question(row);
            var solution = cutter.Cut(SmallCorpus.File, row);
            Assert.Equal(text, cutter.Words(solution));
            Assert.Equal([cutter.End, .. solution.Answer, cutter.Stop], cutter.Text(solution, solution.Units.Count));
            var last = cutter.Text(solution, solution.Units.Count - 1);
            Assert.Equal(solution.Units[^1], last[1..(1 + solution.Units[^1].Length)]);
        }
    }

    [Fact]
    public void A_primitive_has_one_result_and_a_step_all_of_its_own()
    {
        for (var row = 0; row < SmallCorpus.File.Count; row++)
        {
            var primitives = SmallCorpus.Cutter.Cut(SmallCorpus.File, row).Units;
            Assert.All(primitives, static unit => Assert.Equal(1, SmallCorpus.Words.Decode(unit).Count(static letter => letter == '=')));
            var both = new SolutionCutter(SmallCorpus.Words, SolutionUnit.PrimitiveOrNumber).Cut(SmallCorpus.File, row).Units;
            var steps = new SolutionCutter(SmallCorpus.Words, SolutionUnit.Step).Cut(SmallCorpus.File, row).Units;
            Assert.Equal(Enumerable.Range(1, steps.Count).Select(static number => $"{number}:"), steps.Select(
                static step => SmallCorpus.Words.Decode(step)[..2]));
            Assert.Equal(primitives.Count + steps.Count - 1, both.Count);
        }
    }

    [Fact]
    public void A_sentence_of_ProsQa_is_one_hop()
    {
        var words = ProsVocabulary.Build();
        ProsProblem[] problems = [.. new ProsGenerator(31, heldOut: false).Draw().Take(40)];
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder.File("prosqa.bin")))
            Corpus.Write(file, problems.Select(static problem => problem.Converse(reasons: true)), words);
        var corpus = TokenFile.Read(folder.File("prosqa.bin"));
        var cutter = new SolutionCutter(words, SolutionUnit.Sentence);
        for (var row = 0; row < problems.Length; row++)
        {
            var solution = cutter.Cut(corpus, row);
            Assert.Equal(problems[row].Hops, solution.Units.Count);
            Assert.Equal(problems[row].Reasoning, string.Concat(solution.Units.Select(words.Decode)));
            Assert.Equal($"{MiniFormats.AnswerMark}{problems[row].Answer}", words.Decode(solution.Answer));
        }
    }
}
