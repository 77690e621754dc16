namespace CognitiveTools.Evals.Cluster.Grains;

/// <summary>The runs that are open in the cluster, for workers that serve any of them. There is one, with key 0.</summary>
internal interface IRunListGrain : IGrainWithIntegerKey
{
    /// <summary>A run is open. It says so every few seconds.</summary>
    Task AddAsync(string run);

    /// <summary>A run is over.</summary>
    Task RemoveAsync(string run);

    /// <summary>The open runs.</summary>
    Task<IReadOnlyList<string>> ListAsync();
}
