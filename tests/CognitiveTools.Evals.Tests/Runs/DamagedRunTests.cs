using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Tests.Runs;

/// <summary>What somebody did to a run's folder behind the program's back.</summary>
public sealed class DamagedRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\n")]
    [InlineData("  \t\r\n")]
    [InlineData("\n\n\n")]
    public async Task Blank_lines_in_the_log_are_no_records_for_report_regrade_and_resume(string blank)
    {
        var whole = await Run(new ScriptedReasoner(_ => "ANSWER: 1"));
        var path = Path.Combine(whole.Directory, "units.jsonl");
        var lines = await File.ReadAllLinesAsync(path, Token);
        await File.WriteAllTextAsync(path, blank + string.Join("\n" + blank, lines) + "\n" + blank, Token);

        var loaded = RunResult.Load(whole.Directory);
        var resumed = await Run(new ScriptedReasoner((_, _, _) => throw new InvalidOperationException("nothing is left to run")));

        Assert.Equal(whole.Units.Select(u => u.Key), loaded.Units.Select(u => u.Key));
        Assert.Equal(1, Summary.From(loaded).Arms[0].Accuracy!.Mean);
        Assert.Empty(Regrader.Regrade(loaded, AnswerKinds.Integer).Changes);
        Assert.Equal(whole.Units.Select(u => u.Status), resumed.Units.Select(u => u.Status));
    }

    [Fact]
    public async Task A_record_with_a_duplicate_key_is_refused_with_its_line()
    {
        var run = await Run(new ScriptedReasoner(_ => "ANSWER: 2"));
        var path = Path.Combine(run.Directory, "units.jsonl");
        var text = await File.ReadAllTextAsync(path, Token);
        var twice = text.Replace("\"status\":\"incorrect\"", "\"status\":\"incorrect\",\"status\":\"correct\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, twice, Token);

        var damaged = Assert.Throws<InvalidDataException>(() => RunResult.Load(run.Directory));
        Assert.Contains("units.jsonl:1:", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_of_many_pages_is_read_whole()
    {
        var run = await Run(new ScriptedReasoner(_ => "ANSWER: 1"));
        var path = Path.Combine(run.Directory, "units.jsonl");
        var line = (await File.ReadAllLinesAsync(path, Token))[0];
        var lines = Enumerable.Range(0, 6000).Select(i => line.Replace("\"sample\":0", $"\"sample\":{i}", StringComparison.Ordinal) + "\n");
        await File.AppendAllTextAsync(path, string.Concat(lines), Token);

        var content = RunFiles.ReadUnits(run.Directory);

        Assert.Equal(6001, content.Units.Count);
        Assert.Equal(new FileInfo(path).Length, content.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_that_was_removed_during_the_run_is_not_said_to_keep_its_units(bool fileOnly)
    {
        var run = _folder.File("run");
        var reasoner = new ScriptedReasoner(_ =>
        {
            if (fileOnly)
                File.Delete(Path.Combine(run, "units.jsonl"));
            else if (Directory.Exists(run))
                Directory.Delete(run, recursive: true);
            return "ANSWER: 1";
        });

        var exception = await Assert.ThrowsAsync<IOException>(() => Run(reasoner));

        Assert.Contains("was removed", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("are kept", exception.Message, StringComparison.Ordinal);
    }

    private Task<RunResult> Run(ScriptedReasoner reasoner) => EvalRun.ExecuteAsync(
        Suite.FromArms("direct"), [new Problem("p1", "1?", "1"), new Problem("p2", "2?", "1")],
        ScriptedReasoner.Catalog(("direct", reasoner)), new RunOptions { Directory = _folder.File("run") }, cancellationToken: Token);
}
