using CognitiveTools.Lab.Bench.Clusters;

namespace CognitiveTools.Lab.Tests.Bench;

/// <summary>A small edition of <c>coglab bench cluster chaos</c>, whose own sizes take many minutes.</summary>
public sealed class ClusterChaosTests
{
    private static readonly ChaosOptions Small = new()
    {
        Units = 1200,
        Rounds = 1,
        Silos = 3,
        Workers = 3,
        Unit = TimeSpan.FromMilliseconds(150),
        Outage = TimeSpan.FromSeconds(2),
        Lease = TimeSpan.FromSeconds(5),
        Probe = TimeSpan.FromSeconds(1),
        Seed = 1,
    };

    public static TheoryData<string> Stores => [.. StorePrograms.Names];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task No_unit_is_lost_or_counted_twice_while_a_worker_a_silo_the_owner_and_the_store_are_killed(string store)
    {
        var program = StorePrograms.Find(store);
        Assert.SkipWhen(program is null, StorePrograms.Missing(store));
        string[] member = ["dotnet", Path.Combine(AppContext.BaseDirectory, "coglab.dll"), "bench", "cluster", "member"];
        var said = new List<string>();
        var rounds = ClusterChaos.RunAsync(program, member, Small, said.Add, TestContext.Current.CancellationToken);
        var round = Assert.Single(await rounds.ToListAsync(TestContext.Current.CancellationToken));

        Assert.True(round.IsRight, $"{round}{Environment.NewLine}{string.Join(Environment.NewLine, said)}");
        Assert.NotEmpty(round.Kills); // all four, unless the units are finished while a store starts again
    }
}
