using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Tests.Grading;

public sealed class RecordCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Records_as_they_were_made_follow_from_their_transcripts() => Assert.Empty(Differences(await Run()));

    [Theory]
    [InlineData("\"status\":\"incorrect\"", "\"status\":\"correct\"", "it says correct '3', its transcript incorrect '3'")]
    [InlineData("\"answer\":\"3\"", "\"answer\":\"2\"", "it says incorrect '2', its transcript incorrect '3'")]
    [InlineData("\"gold\":\"2\"", "\"gold\":\"3\"", "its reference answer is '3', the run's problems.jsonl says '2'")]
    [InlineData("\"generated\":3", "\"generated\":1", "positions")]
    [InlineData("\"status\":\"no_answer\"", "\"status\":\"correct\"", "it can only be no_answer, not correct")]
    public async Task A_record_that_was_changed_is_found(string before, string after, string difference)
    {
        var run = await Run();
        var path = Path.Combine(run.Directory, "units.jsonl");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains(before, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(before, after, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Contains(difference, Assert.Single(Differences(RunResult.Load(run.Directory))), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Differences(RunResult run) => RecordCheck.Of(run, run.Units).Select(found => found.Difference);

    private Task<RunResult> Run() => Grader.GradeAsync(
        new ProblemSet("sums", [new Problem("a", "1+1?", "2"), new Problem("b", "2+2?", "4")]),
        ResponseFile.Read(_folder.Write(
            "r.jsonl", "{\"id\": \"a\", \"text\": \"ANSWER: 3\", \"prompt_tokens\": 7, \"completion_tokens\": 3}")),
        AnswerKinds.Integer, new RunOptions { Directory = _folder.File("run") }, "r");
}
