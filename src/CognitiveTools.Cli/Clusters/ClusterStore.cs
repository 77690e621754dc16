namespace CognitiveTools.Cli.Clusters;

/// <summary>The store where the members of a cluster find each other.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Address">Its address, perhaps with a password.</param>
internal sealed record ClusterStore(ClusterStoreKind Kind, string Address);
