using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Cluster.Runs;
using CognitiveTools.Evals.Cluster.Tests.Stores;
using CognitiveTools.Evals.Cluster.Workers;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Bench.Clusters;

namespace CognitiveTools.Evals.Cluster.Tests.Runs;

/// <summary>Members that find each other in a store on loopback; with a secret, with encrypted connections.</summary>
public sealed class StoreClusterTests : IDisposable
{
    private const string Secret = "a secret of the tests";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Stores => [.. StorePrograms.Names];

    public static MatrixTheoryData<string, bool> Members => new(StorePrograms.Names, [true, false]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Six_workers_give_the_verdicts_of_one(string store)
    {
        using var server = await StoreServers.StartAsync(store, Token);
        var cluster = server.Use(new() { Secret = Secret, Certificate = Certificate() });
        await using var silo = await ClusterNode.StartAsync(cluster, TimeProvider.System, cancellationToken: Token);
        var client = cluster with { IsSilo = false };
        await using var node = await ClusterNode.StartAsync(client, TimeProvider.System, cancellationToken: Token);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task[] workers = [.. Enumerable.Range(0, 6).Select(_ => ServeAsync(node, client, end.Token))];

        var run = await ClusterRun.ExecuteAsync(
            ScriptedRuns.Suite,
            ScriptedRuns.Problems(100),
            _ => ScriptedRuns.Catalog(),
            Options("six"),
            client with { Works = false },
            null,
            Token);
        await end.CancelAsync();
        await Task.WhenAll(workers);

        var alone = await EvalRun.ExecuteAsync(
            ScriptedRuns.Suite, ScriptedRuns.Problems(100), ScriptedRuns.Catalog(), Options("one"), null, Token);
        Assert.Equal(400, run.Units.Count);
        Assert.Equal(
            alone.Units.Select(static u => (u.Key, u.Status, u.Answer)), run.Units.Select(static u => (u.Key, u.Status, u.Answer)));
        Assert.Equal(400, File.ReadLines(Path.Combine(_folder.Root, "six", "units.jsonl")).Count());
    }

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_member_with_another_secret_is_refused(string store, bool isSilo)
    {
        using var server = await StoreServers.StartAsync(store, Token);
        var cluster = server.Use(new() { Secret = Secret });
        await using var silo = await ClusterNode.StartAsync(cluster, TimeProvider.System, cancellationToken: Token);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ClusterNode.StartAsync(
            cluster with { IsSilo = isSilo, Secret = Secret + "." }, TimeProvider.System, cancellationToken: Token));

        Assert.Contains("its members have another secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_worker_may_come_before_the_first_member_that_holds_runs(string store)
    {
        using var server = await StoreServers.StartAsync(store, Token);
        var cluster = server.Use(new());
        var waits = new TaskCompletionSource();
        var joining = ClusterNode.StartAsync(
            cluster with { IsSilo = false }, TimeProvider.System, waiting: waits.SetResult, cancellationToken: Token);

        await waits.Task.WaitAsync(Token);
        await using var silo = await ClusterNode.StartAsync(cluster, TimeProvider.System, cancellationToken: Token);
        await using var node = await joining;

        Assert.Empty(await node.Grains.GetGrain<IRunListGrain>(0).ListAsync());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_worker_that_waits_can_be_stopped(string store)
    {
        using var server = await StoreServers.StartAsync(store, Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ClusterNode.StartAsync(
            server.Use(new()) with { IsSilo = false }, TimeProvider.System, waiting: stop.Cancel, cancellationToken: stop.Token));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_second_process_with_the_same_command_joins_the_run(string store)
    {
        using var server = await StoreServers.StartAsync(store, Token);
        var cluster = server.Use(new());
        var both = new TaskCompletionSource();
        var begun = new HashSet<string>();
        Task<RunResult> Start(string who) => ClusterRun.ExecuteAsync(
            ScriptedRuns.Suite,
            ScriptedRuns.Problems(20),
            _ => ScriptedRuns.Catalog(_ =>
            {
                lock (begun)
                {
                    if (begun.Add(who) && begun.Count == 2)
                        both.TrySetResult();
                }

                return both.Task; // nobody finishes a unit before both have one
            }),
            Options("run"),
            cluster,
            null,
            Token);

        Task<RunResult>[] running = [Start("a"), Start("b")];
        await Task.WhenAny([both.Task, .. running]);
        both.TrySetResult(); // one that failed must not leave the other waiting
        var results = await Task.WhenAll(running);

        Assert.All(results, static r => Assert.True(r.Complete));
        Assert.Equal(["a", "b"], begun.Order());
        Assert.Equal(80, File.ReadLines(Path.Combine(_folder.Root, "run", "units.jsonl")).Count());
    }

    private static Task ServeAsync(ClusterNode node, EvalClusterOptions cluster, CancellationToken cancellationToken)
    {
        var host = new WorkerHost(_ => ScriptedRuns.Catalog(), 2, static () => ValueTask.CompletedTask);
        return new WorkerService(node.Grains, cluster, null, TimeProvider.System, static _ => { })
            .ServeAsync((_, _) => host, cancellationToken);
    }

    private RunOptions Options(string name) => new() { Directory = Path.Combine(_folder.Root, name), Concurrency = 2 };

    private string Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=cogtools-cluster", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return _folder.Write("members.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
