namespace CognitiveTools.Cli.Clusters;

/// <summary>
/// What the command line says about a cluster. Names no type of the cluster's library, so that reading it does not load that.
/// </summary>
/// <param name="Store">The store; <see langword="null"/> for a cluster of this process.</param>
/// <param name="Name">The cluster's name; <see langword="null"/> for the default.</param>
/// <param name="Listen">Address and perhaps port; <see langword="null"/> for loopback.</param>
/// <param name="Certificate">The file of the members' certificate.</param>
internal sealed record ClusterChoice(ClusterStore? Store, string? Name, string? Listen, string? Certificate);
