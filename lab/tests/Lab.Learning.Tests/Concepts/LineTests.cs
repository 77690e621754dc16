using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Tests.Objectives;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Tests.Concepts;

public sealed class LineTests
{
    [Fact]
    public void A_step_becomes_a_line_for_each_primitive() => Assert.Equal(
        ["5*9=45", "45+4=49", "49%11=5", "k=5", "12%5=2", "2*3=6"],
        PrimitiveLine.Of(["5*9=45+4=49%11=5", "k=5", "12%5=2,2*3=6"]));

    [Theory]
    [InlineData("45+4=49", true)]
    [InlineData("49%11=5", true)]
    [InlineData("3-5=-2", true)]
    [InlineData("5*9=44", false)]
    [InlineData("5*9=", false)]
    [InlineData("5*9=45=45", false)]
    [InlineData("7%0=7", false)]
    [InlineData("k=5", true)]
    [InlineData("ANSWER: 12", true)]
    [InlineData("ANSWER: ", false)]
    [InlineData("", false)]
    [InlineData("1+1=2\n", false)]
    public void A_line_holds_when_it_can_be_read_and_is_right(string line, bool holds) => Assert.Equal(holds, PrimitiveLine.Holds(line));

    [Fact]
    public void Every_line_of_worked_solutions_holds_and_the_last_one_is_the_answer()
    {
        foreach (var (row, problem) in new ProblemGenerator(8, Split.Train, "power", "chain").Draw(3).Take(24).Index())
        {
            var cut = ConceptCorpus.Cutter.Cut(ConceptCorpus.File, row);
            var lines = cut.Solution.Select(ConceptCorpus.Cutter.Text).ToArray();
            Assert.Equal(problem.Canonical.Split(';'), cut.Question.Select(ConceptCorpus.Cutter.Text));
            Assert.Equal([.. PrimitiveLine.Of(problem.Solution), $"ANSWER: {problem.Answer}"], lines);
            Assert.All(lines, line => Assert.True(PrimitiveLine.Holds(line), line));
            Assert.True(ConceptCorpus.Cutter.IsAnswer(cut.Solution[^1]));
            Assert.DoesNotContain(cut.Solution.SkipLast(1), ConceptCorpus.Cutter.IsAnswer);
            Assert.Equal(problem.Steps, cut.Steps);
        }
    }

    [Fact]
    public void A_prompt_without_its_question_is_the_rest_of_the_prompt()
    {
        var problem = ConceptCorpus.Cutter.Cut(ConceptCorpus.File, 0);
        var without = ConceptCorpus.Cutter.WithoutQuestion(problem);
        var question = string.Join(';', problem.Question.Select(ConceptCorpus.Cutter.Text));
        Assert.Empty(without.Question);
        Assert.Equal(
            ConceptCorpus.Cutter.Text(problem.Prompt).Replace(question, "", StringComparison.Ordinal),
            ConceptCorpus.Cutter.Text(without.Prompt));
    }

    [Fact]
    public void A_table_has_each_line_once_and_knows_which_are_said()
    {
        var table = ConceptCorpus.Table;
        Assert.Equal(table.Lines.Count, table.Lines.Select(ConceptCorpus.Cutter.Text).Distinct().Count());
        for (var row = 0; row < table.File.Count; row++)
        {
            var problem = ConceptCorpus.Cutter.Cut(table.File, row);
            Assert.Equal(problem.Solution, table[row].Solution.Select(line => table.Lines[line]));
            Assert.Equal(problem.Question, table[row].Question.Select(line => table.Lines[line]));
            Assert.All(table[row].Solution, line => Assert.Contains(line, table.OfSolutions));
        }

        Assert.All(table.OfSolutions, line => Assert.True(PrimitiveLine.Holds(ConceptCorpus.Cutter.Text(table.Lines[line]))));
        Assert.True(table.Has(table.Lines[^1]));
        Assert.False(table.Has([1, 2, 3]));
    }

    [Fact]
    public void A_corpus_of_another_format_is_refused() => Assert.Contains(
        "lines",
        Assert.Throws<InvalidDataException>(() => new LineCutter(SmallCorpus.Words).Cut(SmallCorpus.File, 0)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_vocabulary_file_is_the_one_the_builder_makes() => Assert.Equal(
        ConceptVocabulary.Build().ToFile(),
        File.ReadAllText(Path.Combine(Repository.Root, "models", "training", "vocab-concepts.txt")));
}
