namespace CognitiveTools.Cli.Clusters;

/// <summary>A kind of store where members of a cluster find each other, as the command line names it.</summary>
/// <param name="Name">The word of the command line.</param>
/// <param name="Form">How an address is written.</param>
/// <param name="Variable">The variable that holds an address with a password, which should not stand on the command line.</param>
internal sealed record ClusterStoreKind(string Name, string Form, string Variable)
{
    public static ClusterStoreKind Redis { get; } = new("redis", "HOST:PORT", "COGTOOLS_CLUSTER_REDIS");

    public static ClusterStoreKind Postgres { get; } = new("postgres", "HOST:PORT/DATABASE", "COGTOOLS_CLUSTER_POSTGRES");

    public static IReadOnlyList<ClusterStoreKind> All { get; } = [Redis, Postgres];

    /// <summary>What <c>--cluster</c> takes with an address.</summary>
    public string Usage => $"{Name}:{Form}";

    /// <summary>The usages of all kinds: <c>A or B</c>.</summary>
    public static string Usages { get; } = string.Join(" or ", All.Select(static kind => kind.Usage));
}
