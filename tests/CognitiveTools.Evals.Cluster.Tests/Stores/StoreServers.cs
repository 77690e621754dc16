using CognitiveTools.Lab.Bench.Clusters;

namespace CognitiveTools.Evals.Cluster.Tests.Stores;

/// <summary>Stores for tests, which are skipped where the program is missing.</summary>
internal static class StoreServers
{
    public static Task<StoreServer> StartAsync(string name, CancellationToken cancellationToken)
    {
        var program = StorePrograms.Find(name);
        Assert.SkipWhen(program is null, StorePrograms.Missing(name));
        return StoreServer.StartAsync(program!, cancellationToken);
    }
}
