using System.Net;
using Orleans.Hosting;

namespace CognitiveTools.Evals.Cluster.Stores;

/// <summary>The memory of the cluster's only silo.</summary>
internal sealed class LoopbackStore : IMemberStore
{
    public string Place => "on loopback";

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void AddTo(ISiloBuilder silo, IPEndPoint own) => silo.UseDevelopmentClustering(own);

    public void AddTo(IClientBuilder client) => throw new NotSupportedException("A client needs a store that other processes can read.");

    public string Explain(Exception fault) => fault.Message;
}
