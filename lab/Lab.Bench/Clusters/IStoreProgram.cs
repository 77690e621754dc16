using System.Diagnostics;
using CognitiveTools.Evals.Cluster.Hosting;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>How one kind of store is run on loopback.</summary>
internal interface IStoreProgram
{
    /// <summary>Makes an empty store in a folder.</summary>
    Task PrepareAsync(string folder, CancellationToken cancellationToken);

    /// <summary>What starts the server, with the data of the folder.</summary>
    ProcessStartInfo Server(string folder, int port);

    /// <summary>Whether the server takes commands.</summary>
    Task<bool> AnswersAsync(int port, CancellationToken cancellationToken);

    /// <summary>A cluster that meets in the store.</summary>
    EvalClusterOptions Use(EvalClusterOptions cluster, int port);
}
