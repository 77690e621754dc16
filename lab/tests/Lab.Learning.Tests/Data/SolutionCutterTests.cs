using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Tests.Objectives;

namespace CognitiveTools.Lab.Learning.Tests.Data;

public sealed class SolutionCutterTests
{
    public static TheoryData<string> Kinds => [.. Enum.GetNames<SolutionUnit>()];

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
}
