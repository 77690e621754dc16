using CognitiveTools.Evals.Live;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Tests.Reports;

namespace CognitiveTools.Evals.Tests.Live;

public sealed class WatchedRunsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_of_a_folder_are_shown_and_new_ones_appear()
    {
        await MakeAsync("runs/one");
        var runs = Open("runs");
        Assert.Equal(["one"], Names(runs));

        await MakeAsync("runs/two");
        Directory.CreateDirectory(_folder.File("runs/none"));

        Assert.Equal(["two", "one"], Names(runs)); // the one that was started last comes first
        Assert.Equal(18, runs.Find("two")!.View().Finished);
        Assert.Null(runs.Find("none"));
        Directory.Delete(_folder.File("runs/two"), recursive: true);
        Assert.Equal(["one"], Names(runs));
    }

    [Fact]
    public async Task A_run_that_is_named_is_alone_and_stays_when_its_folder_goes()
    {
        await MakeAsync("runs/one");
        await MakeAsync("runs/two");
        var runs = Open("runs/one/");

        Assert.Equal("one", runs.Only!.Name);
        Directory.Delete(_folder.File("runs/one"), recursive: true);
        Assert.Equal(RunCondition.Unreadable, Assert.Single(runs.Lines()).Condition);
    }

    [Fact]
    public async Task Runs_of_the_same_name_have_different_names_here()
    {
        await MakeAsync("a/run");
        await MakeAsync("b/run");
        var runs = Open("a/run", "b", "a/run");

        Assert.Null(runs.Only);
        Assert.Equal(["run", "run (2)"], Names(runs).Order(StringComparer.Ordinal));
        Assert.Equal(_folder.File("b/run"), runs.Find("run (2)")!.Directory);
    }

    [Theory]
    [InlineData("missing", "There is no folder")]
    [InlineData("empty", "holds no run")]
    public void A_folder_without_runs_is_refused_with_what_to_give(string name, string expected)
    {
        Directory.CreateDirectory(_folder.File("empty"));

        var refused = Assert.Throws<DirectoryNotFoundException>(() => Open(name));

        Assert.Contains($"'{_folder.File(name)}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Give the folder of a run", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_usual_folder_may_still_be_missing()
    {
        var runs = WatchedRuns.In(_folder.File("runs"), TimeProvider.System);
        Assert.Empty(runs.Lines());
        Assert.Null(runs.Only);

        await MakeAsync("runs/first");

        Assert.Equal(["first"], Names(runs));
    }

    [Fact]
    public async Task A_run_that_cannot_be_read_is_listed_with_the_reason()
    {
        await MakeAsync("runs/good");
        Directory.CreateDirectory(_folder.File("runs/bad"));
        _folder.Write("runs/bad/run.json", "{");

        var lines = Open("runs").Lines();

        Assert.Equal([RunCondition.Finished, RunCondition.Unreadable], lines.Select(static l => l.Condition));
        Assert.Contains("is not a run header", lines[1].State, StringComparison.Ordinal);
    }

    private WatchedRuns Open(params string[] names) => WatchedRuns.Open(names.Select(_folder.File), TimeProvider.System);

    private static IEnumerable<string> Names(WatchedRuns runs) => runs.Lines().Select(static line => line.Name);

    private Task<RunResult> MakeAsync(string name) => SampleRuns.SmallAsync(_folder.File(name), cancellationToken: Token);
}
