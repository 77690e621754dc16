using System.Net;
using Microsoft.Extensions.Hosting;
using Orleans.Clustering.Redis;
using Orleans.Hosting;
using StackExchange.Redis;

namespace CognitiveTools.Evals.Cluster.Stores;

/// <summary>A Redis server.</summary>
/// <param name="address"><c>HOST:PORT</c>, and options after commas.</param>
internal sealed class RedisStore(string address) : IMemberStore
{
    public string Place => $"through Redis at {address.Split(',')[0]}";

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void AddTo(ISiloBuilder silo, IPEndPoint own) => silo.UseRedisClustering(Use);

    public void AddTo(IClientBuilder client) => client.UseRedisClustering(Use);

    public string Explain(Exception fault) => fault.Message;

    private void Use(RedisClusteringOptions store)
    {
        store.ConfigurationOptions = ConfigurationOptions.Parse(address);
        store.ConfigurationOptions.AbortOnConnectFail = true; // at the start; later it connects again by itself
    }
}
