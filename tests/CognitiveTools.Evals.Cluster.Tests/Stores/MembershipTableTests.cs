using System.Globalization;
using System.Net;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Lab.Bench.Clusters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime;

namespace CognitiveTools.Evals.Cluster.Tests.Stores;

/// <summary>What Orleans expects of a store of members. Its own provider for Redis shows that the expectations are right.</summary>
public sealed class MembershipTableTests
{
    // Databases keep microseconds.
    private static readonly DateTime Noon = new DateTime(2026, 11, 30, 12, 0, 0, DateTimeKind.Utc).AddTicks(1230);

    public static TheoryData<string> Stores => [.. StorePrograms.Names];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Members_change_under_a_version(string store)
    {
        using var server = await StoreServers.StartAsync(store, Token);
        using var host = await HostAsync(server.Use(new()));
        var table = host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true, Token);
        await table.InitializeMembershipTableAsync(true, Token);
        var empty = await table.ReadAllAsync(Token);
        Assert.Equal((0, 0), (empty.Version.Version, empty.Members.Count));

        var (first, second) = (Member(1), Member(2));
        Assert.True(await table.InsertRowAsync(first, empty.Version.Next(), Token));
        Assert.False(await table.InsertRowAsync(second, empty.Version.Next(), Token)); // somebody was faster
        var one = await table.ReadAllAsync(Token);
        Assert.Equal(1, one.Version.Version);
        Assert.False(await table.InsertRowAsync(first, one.Version.Next(), Token)); // it is there
        Assert.Equal(1, (await table.ReadAllAsync(Token)).Version.Version);
        Assert.True(await table.InsertRowAsync(second, one.Version.Next(), Token));

        var two = await table.ReadAllAsync(Token);
        Assert.Equal((2, 2), (two.Version.Version, two.Members.Count));
        var (read, etag) = (await table.ReadRowAsync(second.SiloAddress, Token)).Members.Single();
        Assert.Equal(Facts(second), Facts(read));
        read.Status = SiloStatus.Dead;
        read.SuspectTimes = [Tuple.Create(first.SiloAddress, Noon), Tuple.Create(second.SiloAddress, Noon.AddSeconds(1))];
        Assert.False(await table.UpdateRowAsync(read, etag, one.Version.Next(), Token));
        Assert.True(await table.UpdateRowAsync(read, etag, two.Version.Next(), Token));

        first.IAmAliveTime = Noon.AddMinutes(5);
        await table.UpdateIAmAliveAsync(first, Token);
        var three = await table.ReadAllAsync(Token);
        Assert.Equal(3, three.Version.Version);
        Assert.Equal(Facts(first), Facts(Of(three, first)));
        Assert.Equal(SiloStatus.Dead, Of(three, second).Status);
        Assert.Equal([first.SiloAddress, second.SiloAddress], Of(three, second).SuspectTimes!.Select(static t => t.Item1));
        Assert.Empty((await table.ReadRowAsync(Member(3).SiloAddress, Token)).Members);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Dead_members_are_removed_after_a_while_and_a_cluster_at_once(string store)
    {
        using var server = await StoreServers.StartAsync(store, Token);
        using var host = await HostAsync(server.Use(new()));
        using var other = await HostAsync(server.Use(new() { Name = "other" }));
        var table = host.Services.GetRequiredService<IMembershipTable>();
        var neighbour = other.Services.GetRequiredService<IMembershipTable>();
        MembershipEntry[] members = [Member(1), Member(2, SiloStatus.Dead), Member(3, SiloStatus.Dead)];
        members[2].IAmAliveTime = Noon.AddHours(1);
        await table.InitializeMembershipTableAsync(true, Token);
        await neighbour.InitializeMembershipTableAsync(true, Token);
        foreach (var member in members)
            Assert.True(await table.InsertRowAsync(member, (await table.ReadAllAsync(Token)).Version.Next(), Token));
        var version = (await neighbour.ReadAllAsync(Token)).Version;
        Assert.True(await neighbour.InsertRowAsync(Member(2, SiloStatus.Dead), version.Next(), Token));

        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Noon.AddMinutes(30)), Token);

        var rest = (await table.ReadAllAsync(Token)).Members.Select(static m => m.Item1.SiloAddress.Generation).Order();
        Assert.Equal([1, 3], rest);
        Assert.Single((await neighbour.ReadAllAsync(Token)).Members);

        await table.DeleteMembershipTableEntriesAsync("cogtools", Token);
        await table.InitializeMembershipTableAsync(true, Token);
        Assert.Empty((await table.ReadAllAsync(Token)).Members);
        Assert.Single((await neighbour.ReadAllAsync(Token)).Members);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_member_that_is_gone_is_declared_dead_and_a_late_one_joins(string store)
    {
        using var server = await StoreServers.StartAsync(store, Token);
        var cluster = server.Use(new());
        await using var silo = await ClusterNode.StartAsync(cluster, TimeProvider.System, cancellationToken: Token);
        using var host = await HostAsync(cluster);
        var table = host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(false, Token);
        var gone = Member(1); // nobody listens at its port
        (gone.StartTime, gone.IAmAliveTime) = (TimeProvider.System.GetUtcNow().UtcDateTime, TimeProvider.System.GetUtcNow().UtcDateTime);
        while (!await table.InsertRowAsync(gone, (await table.ReadAllAsync(Token)).Version.Next(), Token))
            Token.ThrowIfCancellationRequested(); // the silo was faster

        var members = await table.ReadAllAsync(Token);
        while (Of(members, gone).Status != SiloStatus.Dead)
        {
            await Task.Delay(100, Token);
            members = await table.ReadAllAsync(Token);
        }

        Assert.NotEmpty(Of(members, gone).SuspectTimes!);
        await using var late = await ClusterNode.StartAsync(cluster, TimeProvider.System, cancellationToken: Token);
        members = await table.ReadAllAsync(Token);
        Assert.Equal(2, members.Members.Count(static m => m.Item1.Status == SiloStatus.Active));
    }

    private static async Task<IHost> HostAsync(EvalClusterOptions cluster)
    {
        await cluster.Store.PrepareAsync(Token);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(silo =>
        {
            cluster.Store.AddTo(silo, new IPEndPoint(IPAddress.Loopback, 1));
            silo.Configure<ClusterOptions>(names => (names.ServiceId, names.ClusterId) = (cluster.Name, cluster.Name));
        });
        return builder.Build(); // it is not started, so it is no member
    }

    private static MembershipEntry Member(int number, SiloStatus status = SiloStatus.Active) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, number, number),
        SiloName = string.Create(CultureInfo.InvariantCulture, $"silo {number}"),
        HostName = "a host",
        Status = status,
        ProxyPort = 100 + number,
        StartTime = Noon,
        IAmAliveTime = Noon.AddSeconds(number),
    };

    private static MembershipEntry Of(MembershipTableData data, MembershipEntry member) =>
        data.Members.Single(m => m.Item1.SiloAddress.Equals(member.SiloAddress)).Item1;

    private static object Facts(MembershipEntry m) =>
        (m.SiloAddress, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.StartTime, m.IAmAliveTime, m.SuspectTimes?.Count ?? 0);
}
