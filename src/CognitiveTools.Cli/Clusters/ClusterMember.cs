using System.Net;
using CognitiveTools.Evals.Cluster.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace CognitiveTools.Cli.Clusters;

/// <summary>How this process takes part in a cluster, from the command line and the environment.</summary>
internal static class ClusterMember
{
    /// <exception cref="ArgumentException">The address cannot be read.</exception>
    public static EvalClusterOptions Options(ClusterChoice choice)
    {
        var defaults = new EvalClusterOptions();
        var listen = choice.Listen is { } text ? Read(text) : new IPEndPoint(defaults.Address, defaults.Port);
        return defaults with
        {
            Redis = AddressOf(choice.Store, ClusterStoreKind.Redis),
            Postgres = AddressOf(choice.Store, ClusterStoreKind.Postgres),
            Name = choice.Name ?? defaults.Name,
            Address = listen.Address,
            Port = listen.Port,
            Secret = Environment.GetEnvironmentVariable(ClusterOptions.SecretVariable) is { Length: > 0 } secret ? secret : null,
            Certificate = choice.Certificate,
        };
    }

    /// <summary>The log of the cluster's library, on standard error; <see langword="null"/> when none is wanted.</summary>
    public static Action<ILoggingBuilder>? Logging(bool verbose) => verbose ? Log : null;

    private static void Log(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddSimpleConsole(static console => console.ColorBehavior = LoggerColorBehavior.Disabled);
        logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static string? AddressOf(ClusterStore? store, ClusterStoreKind kind) => store?.Kind == kind ? store.Address : null;

    private static IPEndPoint Read(string text) => IPEndPoint.TryParse(text, out var listen)
        ? listen
        : throw new ArgumentException($"--cluster-listen is '{text}'; it takes an IP address of this machine, or ADDRESS:PORT.");
}
