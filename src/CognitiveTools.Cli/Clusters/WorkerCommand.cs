using System.CommandLine;
using CognitiveTools.Cli.Help;
using CognitiveTools.Cli.Hosting;

namespace CognitiveTools.Cli.Clusters;

/// <summary><c>cogtools worker</c>: runs units of any run of a cluster on this machine's models.</summary>
internal static class WorkerCommand
{
    private static readonly Option<int> Concurrency = new Option<int>("--concurrency", "-c")
    {
        Description = "Units in flight at once",
        DefaultValueFactory = _ => 8,
        HelpName = "N",
    }.Within(1, 1024);

    private static readonly Option<string?> Cache = new("--cache")
    {
        Description = "Folder of finished units that runs share; a unit with the same identity is taken from there",
        HelpName = "FOLDER",
    };

    public static Command Create()
    {
        var command = new Command(
            "worker",
            "Run units of a cluster's runs on this machine's models, until it is stopped; arms for which a model, a prompt or a program "
                + "differs from the run's are left to others");
        var cluster = new ClusterOptions();
        var model = new ModelOptions();
        var endpoint = new EndpointOptions();
        cluster.AddTo(command);
        model.AddTo(command);
        endpoint.AddTo(command);
        command.AddGroup(HelpGroup.Output, Cache);
        command.AddGroup(HelpGroup.Engine, Concurrency);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var choice = cluster.Read(parse) is { Store: not null } store
                ? store
                : throw new ArgumentException(
                    $"A worker needs --cluster {ClusterStoreKind.Usages}, the store of the cluster whose runs it serves.");
            return await ClusterService.RunAsync(
                choice,
                endpoint.Read(parse, model.Read(parse)),
                parse.GetValue(Concurrency),
                parse.GetValue(Cache),
                parse.InvocationConfiguration.Error,
                cancellationToken);
        });
        return command;
    }
}
