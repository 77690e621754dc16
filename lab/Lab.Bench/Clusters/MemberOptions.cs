using System.Text.Json;
using CognitiveTools.Evals.Cluster.Hosting;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>What a member process is told, as one argument.</summary>
/// <param name="Redis">The store, if it is a Redis server.</param>
/// <param name="Postgres">The store, if it is a PostgreSQL database.</param>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="IsSilo">Whether it holds grains; otherwise it works.</param>
/// <param name="Concurrency">Units in flight of a worker.</param>
/// <param name="UnitMs">Time of a unit on average, in milliseconds.</param>
/// <param name="LeaseSeconds">How long leases last.</param>
/// <param name="ProbeSeconds">How long silos wait for signs of each other.</param>
internal sealed record MemberOptions(
    string? Redis,
    string? Postgres,
    string Cluster,
    bool IsSilo,
    int Concurrency,
    double UnitMs,
    double LeaseSeconds,
    double ProbeSeconds)
{
    public EvalClusterOptions ToCluster() => new()
    {
        Redis = Redis,
        Postgres = Postgres,
        Name = Cluster,
        IsSilo = IsSilo,
        Works = false,
        LeaseTime = TimeSpan.FromSeconds(LeaseSeconds),
        ProbeTime = TimeSpan.FromSeconds(ProbeSeconds),
        DrainTime = TimeSpan.FromSeconds(5),
    };

    public string ToArgument() => JsonSerializer.Serialize(this);

    public static MemberOptions Parse(string argument) =>
        JsonSerializer.Deserialize<MemberOptions>(argument) ?? throw new FormatException("A member's options are an object in JSON.");
}
