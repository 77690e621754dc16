using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Tests.Corpora;

public sealed class SampledSolutionTests
{
    private const ulong Seed = 12;

    [Fact]
    public void The_first_step_that_differs_is_the_wrong_one()
    {
        var problem = Problems().First(static problem => problem.Solution.Count == 3);
        var right = Text(problem.Solution, problem.Answer);
        Assert.Null(SampledSolution.Grade(problem, right)!.Flaw);
        for (var wrong = 1; wrong <= 3; wrong++)
        {
            var steps = problem.Solution.Select((step, i) => i + 1 >= wrong ? step + "0" : step).ToArray();
            var flaw = SampledSolution.Grade(problem, Text(steps, 7))!.Flaw!;
            Assert.Equal((wrong, 7), (flaw.WrongStep, flaw.Answer));
            Assert.Equal(steps, flaw.Steps);
        }

        var shorter = SampledSolution.Grade(problem, Text(problem.Solution.Take(2), problem.Answer))!.Flaw!;
        Assert.Equal(3, shorter.WrongStep);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ANSWER: 4")]
    [InlineData("2:3*2=6;\nANSWER: 4")]
    [InlineData("1:3*2=6;\nANSWER: four")]
    [InlineData("1:3*2=6\nANSWER: 4")]
    public void What_is_no_numbered_solution_is_not_graded(string text) => Assert.Null(SampledSolution.Grade(Problems().First(), text));

    [Fact]
    public void More_steps_than_the_solution_has_are_not_graded()
    {
        var problem = Problems().First();
        Assert.Null(SampledSolution.Grade(problem, Text([.. problem.Solution, "1+1=2"], problem.Answer)));
    }

    [Fact]
    public void Samples_that_were_written_come_back_with_their_problems_and_half_of_the_proposals_are_from_them()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("samples.jsonl");
        var drawn = Problems().Take(40).ToArray();
        int[] chosen = [0, 3, 3, 17, 39];
        SampledSolution.Write(path, Seed, chosen.Select(i => (i, Text(drawn[i].Solution, 1000 + i))));

        Assert.Empty(SampledSolution.Read(path)); // the steps are right and the answer is not: not one of the kinds that are taught

        SampledSolution.Write(path, Seed, chosen.Select(i => (i, Text(drawn[i].Solution.Select(static step => step + "1"), 1000 + i))));
        Assert.Equal(chosen.Select(i => drawn[i].Canonical), SampledSolution.Read(path).Select(static sample => sample.Problem.Canonical));
        var options = new CorpusOptions
        {
            Seed = 1,
            Count = 400,
            SkillsApart = true,
            Samples = path,
            Formats = new Dictionary<string, int> { ["examine"] = 1 },
        };
        var own = Corpus.Converse(options).Select(static conversation => conversation.Passages[1].Text.Split('\n')[^2])
            .Count(static answer => answer.Length == 4);
        Assert.InRange(own, 150, 250);
    }

    [Fact]
    public void Solutions_of_one_problem_become_judgements_of_it_in_their_order_and_again()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("one.jsonl");
        var problem = Problems().ElementAt(7);
        string[] texts = [Text(problem.Solution, problem.Answer), Text(problem.Solution.Select(static step => step + "1"), 1)];
        SampledSolution.Write(path, Seed, texts.Select(static text => (7, text)));
        var plan = folder.File("plan.yaml");
        File.WriteAllText(plan, "vocabulary: v.txt\ncorpora: [{file: c.bin, seed: 1, count: 5, critiques: one.jsonl}]");

        var judged = CorpusPlan.Read(plan).Corpora[0].Converse().ToArray();

        Assert.Equal(5, judged.Length);
        Assert.All(judged, conversation => Assert.Contains(problem.Text, conversation.Passages[1].Text, StringComparison.Ordinal));
        for (var i = 0; i < judged.Length; i++)
        {
            var verdict = judged[i].Passages[^1];
            Assert.True(verdict.Learn);
            Assert.EndsWith(i % 2 == 0 ? "Verdict: correct" : "1:wrong;\nVerdict: incorrect", verdict.Text, StringComparison.Ordinal);
        }

        File.WriteAllText(plan, "vocabulary: v.txt\ncorpora: [{file: c.bin, seed: 1, count: 5, critiques: none.jsonl}]");
        Assert.Contains("none.jsonl", Assert.Throws<InvalidDataException>(() => CorpusPlan.Read(plan)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}\nno json\n")]
    public void A_damaged_file_of_samples_is_refused(string content)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("samples.jsonl");
        File.WriteAllText(path, content);
        var error = Assert.Throws<InvalidDataException>(() => SampledSolution.Read(path).ToArray());
        Assert.Contains("samples.jsonl", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<GeneratedProblem> Problems() => new ProblemGenerator(Seed, Split.Train).Draw();

    private static string Text(IEnumerable<string> steps, int answer) => $"{MiniFormats.Number(steps)}\n{MiniFormats.AnswerMark}{answer}";
}
