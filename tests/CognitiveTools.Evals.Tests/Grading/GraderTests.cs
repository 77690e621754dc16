using CognitiveTools.Evals.Answers;
using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Scoring;
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
            [SampleStatus.Correct, SampleStatus.Correct, SampleStatus.Truncated, SampleStatus.Incorrect, SampleStatus.NoAnswer],
            result.Units.Select(u => u.Status));
        Assert.Equal(10, result.Units[0].Usage.Positions);
        var again = RunResult.Load(result.Directory);
        Assert.Equal(result.Units.Select(u => u.Key), again.Units.Select(u => u.Key));
        Assert.StartsWith("Partial run: 5 of 8", Assert.Single(Summary.From(again).Warnings, w => w.StartsWith("Partial", StringComparison.Ordinal)), StringComparison.Ordinal);
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
    public async Task A_directory_that_holds_a_run_is_left_alone()
    {
        await Grade("""{"id": "a", "text": "ANSWER: 2"}""");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Grade("""{"id": "a", "text": "ANSWER: 3"}"""));

        Assert.Equal("2", Assert.Single(RunResult.Load(_folder.File("run")).Units).Answer);
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
        Assert.Equal("integer-lenient", loaded.Header.Suite.Answers);
        Assert.Contains("graded again by integer-lenient", loaded.Header.Origin, StringComparison.Ordinal);
        Assert.Empty(Regrader.Regrade(loaded, AnswerKinds.Find("integer-lenient")).Changes);
    }

    [Fact]
    public async Task A_damaged_transcript_stops_regrading_with_its_path()
    {
        var run = await Grade("""{"id": "a", "text": "ANSWER: 2"}""");
        var path = Path.Combine(run.Directory, "transcripts", run.Units[0].Transcript + ".json");
        await File.WriteAllTextAsync(path, "{}", TestContext.Current.CancellationToken);

        var exception = Assert.Throws<InvalidDataException>(() => Regrader.Regrade(run, IntegerAnswer.Strict));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    private Task<RunResult> Grade(params string[] rows) => Grader.GradeAsync(
        Problems, ResponseFile.Read(_folder.Write("r.jsonl", string.Join('\n', rows))), IntegerAnswer.Strict, new RunOptions { Directory = _folder.File("run") }, "r");
}
