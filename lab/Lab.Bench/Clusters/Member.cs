using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Cluster.Workers;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>What a member process does: it is a silo or a worker until its standard input ends.</summary>
internal static class Member
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(MemberOptions options, TextReader input, TextWriter error, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var closing = Task.Run(
            async () =>
            {
                await input.ReadToEndAsync(CancellationToken.None);
                await end.CancelAsync();
            },
            CancellationToken.None);
        try
        {
            await using var node = await StartAsync(options, error, end.Token);
            if (options.IsSilo)
                await Task.Delay(Timeout.Infinite, end.Token);
            else
                await WorkAsync(node, options, error, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Its time is over.
        }

        await end.CancelAsync();
    }

    // The store may be away at the moment.
    private static async Task<ClusterNode> StartAsync(MemberOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await ClusterNode.StartAsync(options.ToCluster(), TimeProvider.System, cancellationToken: cancellationToken);
            }
            catch (InvalidOperationException fault)
            {
                await error.WriteLineAsync(fault.Message);
                await Task.Delay(Again, cancellationToken);
            }
        }
    }

    private static Task WorkAsync(ClusterNode node, MemberOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        var catalog = ScriptedRun.Catalog(TimeSpan.FromMilliseconds(options.UnitMs));
        var host = new WorkerHost(_ => catalog, options.Concurrency, static () => ValueTask.CompletedTask);
        var service = new WorkerService(node.Grains, options.ToCluster(), cache: null, TimeProvider.System, error.WriteLine);
        return service.ServeAsync((_, _) => host, cancellationToken);
    }
}
