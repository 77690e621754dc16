using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Cluster.Runs;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace CognitiveTools.Evals.Cluster.Tests.Runs;

/// <summary>The grains in Orleans' test cluster, on a clock that the test moves.</summary>
public sealed class GrainTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private InProcessTestCluster _cluster = null!;
    private RunHeader _header = null!;
    private string _key = "";

    private IRunGrain Run => _cluster.Client.GetGrain<IRunGrain>(_key);

    private IShardGrain Shard => _cluster.Client.GetGrain<IShardGrain>($"{_key}/0");

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(new GrainTimes(Lease));
            silo.Services.AddSingleton(new RunClock(_time));
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        (_header, _) = await EvalRun.PrepareAsync(
            ScriptedRuns.Suite, ScriptedRuns.Problems(10), _ => ScriptedRuns.Catalog(), Options, CancellationToken.None);
        _key = ClusterRun.KeyOf(_header);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_unit_whose_lease_ended_is_finished_by_both_workers_and_counted_once()
    {
        var opened = await Run.OpenAsync(Order());
        var first = await TakeAsync(opened.Session!, "a");
        Assert.Equal(40, first.Count);
        _time.Advance(Lease);
        var second = await TakeAsync(opened.Session!, "b");
        Assert.Equal(first.ToHashSet(), second.ToHashSet());

        var receipts = await Task.WhenAll(Shard.CompleteAsync(Results(first)), Shard.CompleteAsync(Results(second)));

        Assert.All(receipts, static r => Assert.True(r.Open && r.Refused.Count == 0));
        var news = await Run.NewsAsync(0);
        Assert.True(news.Pulse.Over);
        Assert.Equal((40, 40), (news.Total, news.Repeats));
        Assert.Equal(40, File.ReadLines(RunFiles.UnitsPath(Options.Directory)).Count());
    }

    [Fact]
    public async Task Results_for_an_owner_that_died_are_brought_again_and_counted_once()
    {
        var order = Order();
        var opened = await Run.OpenAsync(order);
        var units = await TakeAsync(opened.Session!, "a", most: 4);
        await Shard.CompleteAsync(Results(units[..2]));
        await _cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);
        while ((await Run.NewsAsync(0)).Pulse.Session is not null)
            await _cluster.Client.GetGrain<IManagementGrain>(0)
                .ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);

        Assert.False((await Shard.CompleteAsync(Results(units[2..]))).Open); // nobody has it: to be brought again
        Assert.Equal(opened.Session, (await Run.OpenAsync(order)).Session);
        Assert.True((await Shard.CompleteAsync(Results(units))).Open);

        var news = await Run.NewsAsync(0);
        Assert.Equal((4, 2), (news.Total, news.Repeats));
        Assert.False(news.Pulse.Over);
    }

    [Fact]
    public async Task A_result_that_was_changed_on_the_way_or_belongs_to_no_unit_is_refused()
    {
        var opened = await Run.OpenAsync(Order());
        var unit = (await TakeAsync(opened.Session!, "a", most: 1)).Single();
        var result = Results([unit]).Single();
        var foreign = Results([new UnitName("p77", "direct", 0)]).Single();

        var receipt = await Shard.CompleteAsync([result with { Transcript = [1] }, foreign]);

        Assert.Equal([unit, foreign.Unit], receipt.Refused.Select(static r => r.Unit));
        Assert.Equal(0, (await Run.NewsAsync(0)).Total);
    }

    [Fact]
    public async Task An_order_with_another_folder_or_other_samples_does_not_join()
    {
        await Run.OpenAsync(Order());
        var folder = await Run.OpenAsync(Order() with { Session = "other", Directory = _folder.File("elsewhere") });
        var more = _header with { Suite = _header.Suite with { Samples = 5 } };
        var samples = await Run.OpenAsync(Order() with { Session = "other", Header = Wire.Write(more) });

        Assert.Equal(RunOpenFault.Differs, folder.Fault);
        Assert.Contains("--run", folder.Error, StringComparison.Ordinal);
        Assert.Contains("--samples 2", samples.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_arm_that_no_worker_alive_can_run_is_named_until_one_comes()
    {
        await Run.OpenAsync(Order());
        await Run.PulseAsync(new WorkerNews("a", ["direct"], 0, 0, []));
        Assert.Equal(["cot"], (await Run.NewsAsync(0)).Idle);

        await Run.PulseAsync(new WorkerNews("b", ["cot"], 0, 0, []));
        Assert.Empty((await Run.NewsAsync(0)).Idle);

        _time.Advance(Lease / 2);
        await Run.PulseAsync(new WorkerNews("b", ["cot"], 0, 0, []));
        _time.Advance(Lease / 2);
        Assert.Equal(["direct"], (await Run.NewsAsync(0)).Idle);
    }

    private RunOptions Options => new() { Directory = _folder.File("run") };

    private RunOrder Order() => ClusterRun.Order(_header, ScriptedRuns.Problems(10), Options, model: null);

    private async Task<List<UnitName>> TakeAsync(string session, string worker, int most = int.MaxValue)
    {
        var units = new List<UnitName>();
        while (units.Count < most)
        {
            var reply = await Shard.LeaseAsync(new LeaseRequest(session, worker, Math.Min(8, most - units.Count), ["direct", "cot"]));
            Assert.True(reply.Open);
            if (reply.Units.Count == 0)
                break;
            units.AddRange(reply.Units);
        }

        return units;
    }

    private static List<UnitResult> Results(IReadOnlyList<UnitName> units) => [.. units.Select(static unit => Wire.Write(new UnitOutcome(
        new UnitRecord
        {
            Problem = unit.Problem,
            Arm = unit.Arm,
            Sample = unit.Sample,
            Seed = 1,
            Status = SampleStatus.Correct,
            Gold = "1",
            Usage = new() { Prompt = 1 },
            Ms = 5,
        },
        "{}"u8.ToArray())))];
}
