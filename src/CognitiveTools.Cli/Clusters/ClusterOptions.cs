using System.CommandLine;
using CognitiveTools.Cli.Help;

namespace CognitiveTools.Cli.Clusters;

/// <summary>The options of commands that work in a cluster.</summary>
internal sealed class ClusterOptions
{
    /// <summary>The variable that holds the text that all members know.</summary>
    public const string SecretVariable = "COGTOOLS_CLUSTER_SECRET";

    /// <summary>The variable that holds the store's address, with a password that should not stand on the command line.</summary>
    public const string StoreVariable = "COGTOOLS_CLUSTER_REDIS";

    private const string Local = "local";
    private const string Redis = "redis";

    private readonly Option<string?> _cluster = new("--cluster")
    {
        Description = "Run the units on a cluster: local (this process alone), or redis:HOST:PORT, where members find each other; the same "
            + $"command elsewhere joins the run. redis alone takes the address from {StoreVariable}. See docs/cluster.md",
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

    private string? Store(string cluster)
    {
        if (cluster == Local)
            return null;
        if (cluster == Redis)
        {
            return Environment.GetEnvironmentVariable(StoreVariable) is { Length: > 0 } address
                ? address
                : throw new ArgumentException(
                    $"{_cluster.Name} {Redis} needs the environment variable {StoreVariable}, HOST:PORT. It is not set.");
        }

        return cluster.StartsWith(Redis + ":", StringComparison.Ordinal) && cluster.Length > Redis.Length + 1
            ? cluster[(Redis.Length + 1)..]
            : throw new ArgumentException($"{_cluster.Name} is '{cluster}'; it takes {Local}, {Redis}:HOST:PORT, or {Redis}.");
    }
}
