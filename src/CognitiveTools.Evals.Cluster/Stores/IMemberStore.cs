using System.Net;
using Orleans.Hosting;

namespace CognitiveTools.Evals.Cluster.Stores;

/// <summary>The store where the members of a cluster find each other.</summary>
internal interface IMemberStore
{
    /// <summary>Where the members meet, for messages; without a password.</summary>
    string Place { get; }

    /// <summary>Makes the store ready for members, if it is not ready yet. Several members may do this at once.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Lets a silo join.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="own">Where it listens for other silos.</param>
    void AddTo(ISiloBuilder silo, IPEndPoint own);

    /// <summary>Lets a client find the silos.</summary>
    void AddTo(IClientBuilder client);

    /// <summary>Why a member could not join, and the remedy where the store knows one.</summary>
    string Explain(Exception fault);
}
