using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Tests.Grading;

public sealed class GraderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static ProblemSet Problems { get; } = new("sums", [new Problem("a", "1+1?", "2"), new Problem("b", "2+2?", "4")]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Responses_of_two_systems_become_a_run_like_any_other()
    {
        var result = await Grade(
            """{"id": "a", "model": "x", "text": "ANSWER: 2", "prompt_tokens": 7, "completion_tokens": 3}""",
            """{"id": "a", "model": "x", "text": "ANSWER: 3"}""",
            """{"id": "b", "model": "x", "text": "so 2 + 2 =", "finish_reason": "length"}""",
            """{"id": "b", "model": "x", "text": ""}""",
            """{"id": "a", "model": "y", "text": "ANSWER: 2"}""");

        Assert.Equal(
            [
                SampleStatus.Correct, SampleStatus.Correct, SampleStatus.Truncated, SampleStatus.NoAnswer, SampleStatus.Incorrect,
                SampleStatus.NoAnswer,
            ],
            result.Units.Select(u => u.Status));
        Assert.Equal(10, result.Units[0].Usage.Positions);
        var again = RunResult.Load(result.Directory);
        Assert.Equal(result.Units.Select(u => u.Key), again.Units.Select(u => u.Key));
        var partial = Assert.Single(Summary.From(again).Warnings, w => w.StartsWith("Partial", StringComparison.Ordinal));
        Assert.StartsWith("Partial run: 6 of 8", partial, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_to_an_unknown_problem_is_refused()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Grade("""{"id": "c", "text": "ANSWER: 2"}"""));

        Assert.Contains("'c'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("like 'a'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id": "a"}""", "text is missing")]
    [InlineData("""{"text": "x"}""", "id is missing")]
    [InlineData("""{"id": "a", "text": "x", "sample": -1}""", "'sample' is '-1'")]
    [InlineData("""{"id": "a", "text": "x", "sample": 0}""", "line 1 already")]
    public async Task A_bad_row_is_refused_with_its_line(string row, string complaint)
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => Grade("""{"id": "a", "text": "ANSWER: 2"}""", row));

        Assert.Contains(":2:", exception.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_that_was_not_answered_counts_as_one_without_an_answer()
    {
        var summary = Summary.From(await Grade("""{"id": "a", "text": "ANSWER: 2", "prompt_tokens": 4, "completion_tokens": 5}"""));

        var arm = Assert.Single(summary.Arms);
        Assert.Equal((0.5, 2, 1, 1), (arm.Accuracy!.Mean, arm.Problems, arm.NoAnswer, arm.Missing));
        Assert.Equal(9, arm.MedianPositions);
        Assert.Equal(
            "r: 1 of 2 problems answered; the others count as no answer (--partial leaves them out).", Assert.Single(summary.Warnings));
        Assert.Equal(["r: b"], Assert.Single(summary.WarningDetails).Details);
        Assert.Contains("1 of 2", SummaryText.Render(summary), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData(", \"completion_tokens\": 9", true, false)]
    [InlineData(", \"prompt_tokens\": 4, \"completion_tokens\": 5", false, false)]
    public async Task What_a_file_does_not_say_of_the_bill_is_unknown_and_not_0(string usage, bool incomplete, bool missing)
    {
        var result = await Grade($$"""{"id": "a", "text": "ANSWER: 2"{{usage}}}""");

        Assert.Equal((incomplete, missing), (result.Units[0].Usage.Incomplete, result.Units[0].Usage.IsMissing));
        var warnings = Summary.From(result).Warnings;
        Assert.Equal(incomplete, warnings.Any(static warning => warning.Contains("usage is", StringComparison.Ordinal)));
        Assert.Equal(incomplete ? double.NaN : 9, Assert.Single(Summary.From(result).Arms).MedianPositions);
    }

    [Fact]
    public async Task Each_system_is_held_to_all_problems_and_to_its_own_number_of_samples()
    {
        var run = await Grade(
            """{"id": "a", "model": "x", "text": "ANSWER: 2"}""", """{"id": "a", "model": "x", "text": "ANSWER: 2"}""",
            """{"id": "b", "model": "x", "text": "ANSWER: 4"}""", """{"id": "a", "model": "y", "text": "ANSWER: 2"}""");
        var summary = Summary.From(run);

        Assert.Equal([0.75, 0.5], summary.Arms.Select(a => a.Accuracy!.Mean));
        Assert.Equal([1, 1], summary.Arms.Select(a => a.Missing));
        Assert.Contains("x: 3 of 4 samples answered; the others count as no answer (--partial leaves them out).", summary.Warnings);
        Assert.Contains("y: 1 of 2 problems answered; the others count as no answer (--partial leaves them out).", summary.Warnings);
    }

    [Fact]
    public async Task Partial_grading_keeps_to_what_was_answered_and_says_so()
    {
        var run = await Grade(partial: true, """{"id": "a", "text": "ANSWER: 2", "prompt_tokens": 4, "completion_tokens": 5}""");
        var summary = Summary.From(RunResult.Load(run.Directory));

        Assert.Equal(1, Assert.Single(summary.Arms).Accuracy!.Mean);
        Assert.Equal("Partial grading: 1 of 2 problems were not answered and are left out.", Assert.Single(summary.Warnings));
        var origin = RunResult.Load(run.Directory).Header.Origin;
        Assert.Contains("only the 1 of 2 problems that were answered", origin, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_grading_goes_on_where_it_stopped()
    {
        string[] rows = ["""{"id": "a", "text": "ANSWER: 2"}""", """{"id": "b", "text": "ANSWER: 5"}"""];
        var whole = await Grade(rows);
        var path = Path.Combine(whole.Directory, "units.jsonl");
        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        var killed = lines[0] + "\n" + lines[1][..20]; // in the middle of a record
        await File.WriteAllTextAsync(path, killed, TestContext.Current.CancellationToken);

        var again = await Grade(rows);

        Assert.Equal(whole.Units.Select(u => (u.Key, u.Status)), again.Units.Select(u => (u.Key, u.Status)));
        Assert.Equal(lines[0], (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken))[0]);
        Assert.Equal(2, RunResult.Load(whole.Directory).Units.Count);
    }

    [Fact]
    public async Task Grading_many_responses_flushes_by_the_hundred_and_keeps_them_all()
    {
        var problems = new ProblemSet("many", [.. Enumerable.Range(0, 1300).Select(i => new Problem($"p{i}", "?", $"{i}"))]);
        var responses = problems.Problems.Select(p => new Response(p.Id, "x", 0, $"ANSWER: {p.Answer}")).ToArray();

        var run = await Grader.GradeAsync(
            problems,
            responses,
            AnswerKinds.Integer,
            new RunOptions { Directory = _folder.File("many") },
            "many",
            cancellationToken: TestContext.Current.CancellationToken);

        var stored = RunResult.Load(run.Directory);
        Assert.Equal(problems.Problems.Select(p => p.Id), stored.Units.Select(u => u.Problem));
        Assert.All(stored.Units, u => Assert.Equal(SampleStatus.Correct, u.Status));
    }

    [Fact]
    public async Task A_kind_of_answer_that_does_not_fit_names_one_that_does()
    {
        var problems = new ProblemSet("surds", [new Problem("a", "?", "\\sqrt{2}")]);

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Grader.GradeAsync(
            problems,
            [new Response("a", "x", 0, "?")],
            AnswerKinds.Integer,
            new RunOptions { Directory = _folder.File("surds") },
            "surds",
            cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("--answers (in a suite: answers), for instance expression", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_holds_a_run_is_left_alone()
    {
        await Grade("""{"id": "a", "text": "ANSWER: 2"}""");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Grade("""{"id": "a", "text": "ANSWER: 3"}"""));

        Assert.Equal("2", RunResult.Load(_folder.File("run")).Units[0].Answer);
    }

    [Fact]
    public async Task Regrading_by_another_rule_says_what_changes_and_leaves_the_run_alone()
    {
        var run = await Grade("""{"id": "a", "text": "It is 2"}""", """{"id": "b", "text": "ANSWER: 4"}""");

        var regrading = Regrader.Regrade(run, AnswerKinds.Find("integer-lenient"));

        var change = Assert.Single(regrading.Changes);
        Assert.Equal((SampleStatus.NoAnswer, SampleStatus.Correct, "2"), (change.Before.Status, change.After.Status, change.After.Answer));
        Assert.Equal(SampleStatus.NoAnswer, RunResult.Load(run.Directory).Units[0].Status);

        var stored = await Regrader.StoreAsync(regrading, _folder.File("again"), TimeProvider.System);
        var loaded = RunResult.Load(stored.Directory);
        Assert.All(loaded.Units, u => Assert.Equal(SampleStatus.Correct, u.Status));
        Assert.Equal("integer-lenient", loaded.Header.Suite.Answers.Name);
        Assert.Contains("graded again by integer-lenient", loaded.Header.Origin, StringComparison.Ordinal);
        Assert.Empty(Regrader.Regrade(loaded, AnswerKinds.Find("integer-lenient")).Changes);
    }

    [Fact]
    public async Task A_damaged_transcript_stops_regrading_with_its_path()
    {
        var run = await Grade("""{"id": "a", "text": "ANSWER: 2"}""");
        var path = Path.Combine(run.Directory, "transcripts", run.Units[0].Transcript + ".json");
        await File.WriteAllTextAsync(path, "{}", TestContext.Current.CancellationToken);

        var exception = Assert.Throws<InvalidDataException>(() => Regrader.Regrade(run, AnswerKinds.Integer));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    private Task<RunResult> Grade(params string[] rows) => Grade(partial: false, rows);

    private Task<RunResult> Grade(bool partial, params string[] rows) => Grader.GradeAsync(
        Problems,
        ResponseFile.Read(_folder.Write("r.jsonl", string.Join('\n', rows))),
        AnswerKinds.Integer,
        new RunOptions { Directory = _folder.File("run") },
        "r",
        partial);
}
