using CognitiveTools.Cli.View;
using CognitiveTools.Evals.Live;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Evals.Tests.Live;
using CognitiveTools.Evals.Tests.Reports;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Cli.Tests.View;

/// <summary>A folder with runs, and servers that show them.</summary>
internal sealed class ViewedRuns : IAsyncDisposable
{
    /// <summary>What a hostile model writes: marks of HTML, quotes, control characters, and a line without an end.</summary>
    public static readonly string Hostile =
        "</script></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{data}}\u0007\u001b[31m\u202e\r\n"
            + new string('w', 20_000);

    private readonly TemporaryFolder _folder = new();
    private readonly List<ViewServer> _servers = [];

    public string Folder => _folder.Root;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A run of 6 problems and 3 arms of which some lines are written; this process counts as its writer.</summary>
    public async Task<RunInSteps> BeginAsync(string name, int kept) =>
        new(await SampleRuns.SmallAsync(_folder.File(name), cancellationToken: Token), kept);

    /// <summary>A run whose names, problems, answers and errors are hostile; one unit of 6 is missing.</summary>
    public async Task<RunInSteps> BeginHostileAsync(string name)
    {
        Arm[] arms = [new("<b>bold</b>", ReasonerSpec.Parse("direct")), new("\"'</td>", ReasonerSpec.Parse("cot"))];
        var suite = new Suite(Hostile, arms);
        Problem[] problems = [.. Enumerable.Range(1, 3).Select(static i => new Problem($"<i>{i}</i>", Hostile, $"{i}"))];
        var catalog = ScriptedReasoner.Catalog(
            ("direct", new ScriptedReasoner(static _ => Hostile)),
            ("cot", new ScriptedReasoner(static (_, _, _) => throw new InvalidOperationException(Hostile))));
        var run = await EvalRun.ExecuteAsync(
            suite, problems, catalog, new RunOptions { Directory = _folder.File(name) }, cancellationToken: Token);
        return new RunInSteps(run, run.Units.Count - 1);
    }

    /// <summary>Two workers with five units, of which two, of one problem, have written something.</summary>
    public static RunActivity Activity(string text) => new(
        TimeProvider.System.GetUtcNow(),
        [new("machine-with-a-long-name-4711-3f2a", 2, 7), new("other-12", 3, 40)],
        [
            new("p4", "cot", 0, 12.5, 300, [new(TextPartKind.Said, null, text, 0), new(TextPartKind.Called, null, "examine: fine", 0)]),
            new("p4", "direct", 0, 2, 0, [new(TextPartKind.Latent, null, "", 6), new(TextPartKind.Thought, 1, "Hm", 0)]),
        ]);

    /// <summary>Serves the runs of the folder, or those that are named.</summary>
    public async Task<ViewServer> ServeAsync(params string[] names)
    {
        var runs = WatchedRuns.Open(names.Length == 0 ? [Folder] : names.Select(_folder.File), TimeProvider.System);
        var server = await ViewServer.StartAsync(runs, port: 0, TimeProvider.System);
        _servers.Add(server);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
        _folder.Dispose();
    }
}
