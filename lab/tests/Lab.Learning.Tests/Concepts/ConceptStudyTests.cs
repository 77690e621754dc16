using CognitiveTools.Lab.Learning.Concepts;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Lab.Learning.Tests.Runs;

namespace CognitiveTools.Lab.Learning.Tests.Concepts;

public sealed class ConceptStudyTests
{
    [Fact]
    public void Right_answers_invalid_lines_and_costs_are_counted_and_compared()
    {
        var problems = ConceptCorpus.Cutter.Distinct(ConceptCorpus.File, 10);
        var worked = new Written("worked", problems, static (_, lines) => lines);
        // Every third answer is missing, and every other one is a wrong sum.
        var poor = new Written("poor", problems, static (i, lines) => i % 3 == 0 ? lines[..^1]
            : i % 2 == 0 ? [.. lines[..^1], ConceptCorpus.Words.Encode("1+1=3"), lines[^1]] : lines);
        var part = StudyPart.Of("all", problems);
        var (first, second) = (ArmFigures.Grade(worked, part, ConceptCorpus.Cutter), ArmFigures.Grade(poor, part, ConceptCorpus.Cutter));

        var figures = second.Describe([first]);

        var missing = problems.Index().Count(static one => one.Index % 3 == 0);
        var spoilt = problems.Index().Count(static one => one.Index % 3 != 0 && one.Index % 2 == 0);
        Assert.All(first.Problems, static one => Assert.True(one.IsRight && one.IsEnded && one.Invalid == 0));
        Assert.Equal((problems.Length, problems.Length - missing), ((int)figures["n"]!, (int)figures["right"]!));
        Assert.Equal(
            (missing, spoilt, spoilt), ((int)figures["withoutEnd"]!, (int)figures["invalidLines"]!, (int)figures["withInvalidLine"]!));
        Assert.Equal(problems.Sum(static problem => problem.Solution.Count) - missing + spoilt, (int)figures["lines"]!);
        // The interval of Wilson: the shares whose own deviation reaches the share that was found.
        foreach (var end in figures["rightInterval"]!.AsArray().Select(static node => (double)node!))
        {
            var apart = Math.Abs(end - (double)(problems.Length - missing) / problems.Length);
            Assert.Equal(1.959964 * Math.Sqrt(end * (1 - end) / problems.Length), apart, 1e-3);
        }

        var against = figures["against"]!["worked"]!;
        Assert.Equal((0, missing), ((int)against["better"]!, (int)against["worse"]!));
        Assert.Equal(Math.Pow(2, 1 - missing), (double)against["p"]!, 1e-12);
        Assert.Equal((int)figures["right"]!, figures["bySteps"]!.AsObject().Sum(static one => (int)one.Value!["right"]!));
        Assert.Equal((7.0, 11.0), ((double)figures["positions"]!, (double)figures["multiplications"]!));
    }

    [Fact]
    public void Shuffled_questions_are_those_of_other_problems_of_as_many_lines()
    {
        var problems = ConceptCorpus.Cutter.Distinct(ConceptCorpus.File, 12);
        var part = StudyPart.Shuffled(problems);
        Assert.All(part.Asked.Zip(problems), static pair =>
        {
            Assert.Equal(pair.Second.Question.Count, pair.First.Question.Count);
            Assert.NotEqual(pair.Second.Question, pair.First.Question);
            Assert.Same(pair.Second.Solution, pair.First.Solution);
        });
        Assert.Equal(
            problems.Select(static problem => ConceptCorpus.Cutter.Text(problem.Prompt)).Order(),
            part.Asked.Select(static problem => ConceptCorpus.Cutter.Text(problem.Prompt)).Order());
    }

    [Fact]
    public void Models_of_small_runs_are_measured_in_every_part()
    {
        var runs = new List<RunFile>();
        using var tiny = new TinyRun();
        foreach (var kind in (string[])["concepts", "concepts, diffusion", "concepts, quantised", "rows, of lines"])
        {
            File.WriteAllText(tiny.RunPath, TinyRun.Kinds[kind].Replace("name: tiny", $"name: tiny{runs.Count}", StringComparison.Ordinal));
            runs.Add(RunFile.Read(tiny.RunPath));
            tiny.Train("out");
        }

        const int Most = 6;
        var longer = new FileInfo(Path.Combine(tiny.Corpora, "longer-lines.bin"));
        var lines = new List<string>();
        var figures = ConceptsCommand.Measure(
            runs, tiny.Corpora, Path.Combine(tiny.Corpora, "out"), longer, Most, lines.Add, TestContext.Current.CancellationToken);

        string[] arms = ["tiny3", "tiny0", "tiny0, read again", "tiny1", "tiny1, read again", "tiny2", "tiny2, read again"];
        Assert.Equal(arms.Order(), figures["parameters"]!.AsObject().Select(static one => one.Key).Order());
        string[] wanted =
        [
            .. arms.Select(static arm => $"held out: {arm}"), .. arms.Select(static arm => $"longer: {arm}"),
            .. arms.Where(static arm => !arm.EndsWith("again", StringComparison.Ordinal)).SelectMany(static arm => (string[])
                [$"question of another: {arm}", $"no question: {arm}"]),
        ];
        var found = figures["arms"]!.AsArray();
        Assert.Equal(wanted.Order(), found.Select(static one => $"{one!["part"]}: {one["arm"]}").Order());
        Assert.All(found, one => Assert.Equal($"{one!["part"]}" is "held out" or "longer" ? Most : Most / 2, (int)one["n"]!));
        Assert.All(found, static one => Assert.True((double)one!["positions"]! > 1 && (double)one["multiplications"]! > 1000));
        Assert.True((int)figures["reconstruction"]!["held out"]!["all"]!["n"]! > 0);
        Assert.NotNull(figures["reconstruction"]!["longer, by the codebooks of tiny2"]);
        Assert.Equal(wanted.Length, lines.Count);
        using var text = new StringWriter();
        StudyText.Write(text, figures);
        Assert.All(arms, arm => Assert.Contains(arm, text.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Runs_without_a_token_model_are_refused()
    {
        using var tiny = new TinyRun(TinyRun.Kinds["concepts"]);
        Assert.Contains("token", Assert.Throws<InvalidDataException>(() => ConceptsCommand.Measure(
            [RunFile.Read(tiny.RunPath)], tiny.Corpora, tiny.Corpora, null, 4, static _ => { },
            TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    private sealed class Written(
        string name, IReadOnlyList<LinedProblem> known, Func<int, IReadOnlyList<int>[], IReadOnlyList<int>[]> write) : ILineSolver
    {
        public string Name => name;

        public long Parameters => 1;

        public IReadOnlyList<LinedAnswer> Solve(IReadOnlyList<LinedProblem> problems)
        {
            Assert.Equal(known, problems);
            return [.. problems.Select((problem, i) => new LinedAnswer(write(i, [.. problem.Solution]), 7, 11))];
        }
    }
}
