using CognitiveTools.Cli.Hosting;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Cluster.Workers;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Clusters;

/// <summary>A worker that serves any run of a cluster.</summary>
internal static class ClusterService
{
    public static async Task<int> RunAsync(
        ClusterChoice cluster, ModelChoice choice, int concurrency, string? cache, TextWriter error, CancellationToken cancellationToken)
    {
        var options = ClusterMember.Options(cluster) with { IsSilo = false };
        await using var node = await ClusterNode.StartAsync(
            options,
            TimeProvider.System,
            ClusterMember.Logging(choice.Verbose),
            () => Say("Waiting for a member that holds runs; 'cogtools eval' with the same --cluster starts one. Stop with Ctrl+C."),
            cancellationToken);
        Say($"Serving the runs of cluster {options.Name}; stop with Ctrl+C.");
        var service = new WorkerService(node.Grains, options, cache, TimeProvider.System, Say);
        await service.ServeAsync((run, _) => Host(run, choice, concurrency), cancellationToken);
        return ExitCodes.Success;

        void Say(string text) => error.WriteLine(TerminalText.Line(text));
    }

    private static WorkerHost Host(WorkerRun run, ModelChoice choice, int concurrency)
    {
        var own = choice with
        {
            Reference = choice.Reference ?? (choice.Endpoint is null ? run.Model : null),
            Budget = run.Suite.Budget,
        };
        var hosts = new ModelHosts(own, new ProblemSet(run.Suite.Name, run.Problems).Donors, run.Suite.Answers);
        var deterministic = run.Suite.Arms.Select(static arm => arm.Model).Distinct().Any(model => IsDeterministic(hosts, model));
        return new WorkerHost(
            arm => hosts.Of(arm.Model).Services.GetRequiredService<ReasonerCatalog>(), deterministic ? 1 : concurrency, hosts.DisposeAsync);
    }

    private static bool IsDeterministic(ModelHosts hosts, string? model)
    {
        try
        {
            return hosts.Of(model).IsDeterministic;
        }
        catch (Exception fault) when (fault is ArgumentException or IOException or InvalidDataException)
        {
            return false; // the arms of this model are declined, with the reason
        }
    }
}
