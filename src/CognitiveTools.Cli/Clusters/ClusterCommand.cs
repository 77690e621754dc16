using System.CommandLine;
using CognitiveTools.Evals.Cluster.Stores;

namespace CognitiveTools.Cli.Clusters;

/// <summary><c>cogtools cluster</c>: what an administrator needs for clusters.</summary>
internal static class ClusterCommand
{
    public static Command Create() => new("cluster", "Prepare a store for the clusters of cogtools eval and cogtools worker") { Sql() };

    private static Command Sql()
    {
        var command = new Command(
            "sql",
            "Print the script that makes a cluster's tables in PostgreSQL; a member applies it by itself if it may (docs/cluster.md)");
        command.SetGuardedAction(static async (parse, _) =>
        {
            await parse.InvocationConfiguration.Output.WriteAsync(PostgresScript.Text);
            return ExitCodes.Success;
        });
        return command;
    }
}
