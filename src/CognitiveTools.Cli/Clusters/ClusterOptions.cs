using System.CommandLine;
using CognitiveTools.Cli.Help;

namespace CognitiveTools.Cli.Clusters;

/// <summary>The options of commands that work in a cluster.</summary>
internal sealed class ClusterOptions
{
    /// <summary>The variable that holds the text that all members know.</summary>
    public const string SecretVariable = "COGTOOLS_CLUSTER_SECRET";

    private const string Local = "local";

    private readonly Option<string?> _cluster = new("--cluster")
    {
        Description = $"Run the units on a cluster: {Local} (this process alone), or {ClusterStoreKind.Usages}, where members find each "
            + "other; the same command elsewhere joins the run. "
            + string.Join(", ", ClusterStoreKind.All.Select(static kind => $"{kind.Name} alone takes the address from {kind.Variable}"))
            + ". See docs/cluster.md",
        HelpName = "PLACE",
    };

    private readonly Option<string?> _name = new("--cluster-name")
    {
        Description = "Name of the cluster, if the store serves several [default: cogtools]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _listen = new("--cluster-listen")
    {
        Description = "Address of this machine at which other members reach this process; beyond loopback it needs a secret "
            + $"({SecretVariable}) or a certificate [default: 127.0.0.1 and free ports; a port takes the next one too]",
        HelpName = "ADDRESS[:PORT]",
    };

    private readonly Option<string?> _certificate = new("--cluster-certificate")
    {
        Description = "Encrypt connections with this certificate, the same file on all members: PEM with its private key, or PFX",
        HelpName = "FILE",
    };

    public void AddTo(Command command) => command.AddGroup(HelpGroup.Cluster, _cluster, _name, _listen, _certificate);

    /// <summary>The cluster; <see langword="null"/> when none is chosen.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public ClusterChoice? Read(ParseResult parse)
    {
        var (name, listen, certificate) = (parse.GetValue(_name), parse.GetValue(_listen), parse.GetValue(_certificate));
        if (parse.GetValue(_cluster) is not { } cluster)
        {
            return name is null && listen is null && certificate is null
                ? null
                : throw new ArgumentException(
                    $"{(name is not null ? _name : listen is not null ? _listen : _certificate).Name} belongs to {_cluster.Name}, which is "
                    + "not given.");
        }

        return new ClusterChoice(Store(cluster), name, listen, certificate);
    }

    private ClusterStore? Store(string cluster)
    {
        if (cluster == Local)
            return null;
        foreach (var kind in ClusterStoreKind.All)
        {
            if (cluster == kind.Name)
                return new ClusterStore(kind, AddressOf(kind));
            if (cluster.StartsWith(kind.Name + ":", StringComparison.Ordinal) && cluster.Length > kind.Name.Length + 1)
                return new ClusterStore(kind, cluster[(kind.Name.Length + 1)..]);
        }

        IEnumerable<string> words = [Local, .. ClusterStoreKind.All.SelectMany(static kind => new[] { kind.Usage, kind.Name })];
        var start = cluster.Split(':', '=')[0]; // what follows may hold a password
        throw new ArgumentException($"{_cluster.Name} does not know '{start}'; it takes one of {string.Join(", ", words)}.");
    }

    private string AddressOf(ClusterStoreKind kind) => Environment.GetEnvironmentVariable(kind.Variable) is { Length: > 0 } address
        ? address
        : throw new ArgumentException(
            $"{_cluster.Name} {kind.Name} needs the environment variable {kind.Variable}, {kind.Form}. It is not set.");
}
