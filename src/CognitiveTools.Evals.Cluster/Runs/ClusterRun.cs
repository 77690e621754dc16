using System.Globalization;
using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Cluster.Workers;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.Evals.Cluster.Runs;

/// <summary>Runs a suite on a cluster.</summary>
public static class ClusterRun
{
    /// <summary>
    /// Starts a run in the cluster, or joins the same run, and returns when it ends, with the units of all members. Apart from times the
    /// records are those that <see cref="EvalRun"/> makes, in the same files.
    /// </summary>
    /// <param name="suite">What to compare.</param>
    /// <param name="problems">The problems, already selected.</param>
    /// <param name="reasoners">The reasoners on an arm's model.</param>
    /// <param name="options">Directory, concurrency of this process, limits.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="progress">Receives events; what the cluster wants to say besides is in <see cref="ClusterNotice"/>.</param>
    /// <param name="cancellationToken">
    /// Ends this process's part: units in flight may go on for <see cref="EvalClusterOptions.DrainTime"/>. Other members go on.
    /// </param>
    /// <exception cref="ArgumentException">The suite, an arm, a reference answer or the cluster's options cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The directory holds another run, or the cluster cannot be joined.</exception>
    /// <exception cref="IOException">Another process writes the run, or its owner's disk failed.</exception>
    /// <exception cref="InvalidDataException">A file of the run is damaged.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<RunResult> ExecuteAsync(
        Suite suite,
        IReadOnlyList<Problem> problems,
        Func<Arm, ReasonerCatalog> reasoners,
        RunOptions options,
        EvalClusterOptions cluster,
        IProgress<RunEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        ExecuteAsync(suite, problems, reasoners, options, cluster, model: null, logging: null, progress, cancellationToken);

    internal static async Task<RunResult> ExecuteAsync(
        Suite suite,
        IReadOnlyList<Problem> problems,
        Func<Arm, ReasonerCatalog> reasoners,
        RunOptions options,
        EvalClusterOptions cluster,
        string? model,
        Action<ILoggingBuilder>? logging,
        IProgress<RunEvent>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        cluster.Validate();
        var (header, _) = await EvalRun.PrepareAsync(suite, problems, reasoners, options, cancellationToken);
        var order = Order(header, problems, options, model);
        await using var node = await ClusterNode.StartAsync(cluster, options.Time, logging, waiting: null, cancellationToken);
        var watch = new RunWatch(node.Grains, KeyOf(header), order, options, progress);
        await watch.OpenAsync(isAlone: !cluster.HasStore, cancellationToken);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = cluster.Works ? WorkAsync(end.Token) : Task.CompletedTask;
        try
        {
            var result = await watch.UntilOverAsync(working, cancellationToken);
            progress?.Report(new RunFinished(result.Stopped));
            return result;
        }
        finally
        {
            await end.CancelAsync();
            await working;
        }

        async Task WorkAsync(CancellationToken token)
        {
            var worker = new ClusterWorker(node.Grains, cluster, options.Concurrency, options.Cache, options.Time);
            while (!token.IsCancellationRequested && await watch.OfferAsync(token) is { } offer)
            {
                if (await worker.WorkAsync(watch.Key, offer, reasoners, declined: null, token) is { } refusal)
                    progress?.Report(new ClusterNotice(refusal));
            }
        }
    }

    /// <summary>The grain's key: what decides the results, wherever they are written.</summary>
    internal static string KeyOf(RunHeader header) => RunIdentity.Of(header.SuiteHash, header.Facts!);

    internal static RunOrder Order(RunHeader header, IReadOnlyCollection<Problem> problems, RunOptions options, string? model) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"{Environment.MachineName}-{Environment.ProcessId}-{options.Time.GetUtcNow():yyyyMMddHHmmssfffffff}"),
        Wire.Write(header),
        Wire.Write(problems),
        Path.GetFullPath(options.Directory),
        model,
        options.RetryErrors,
        options.Limits.Positions,
        options.Limits.WallTime,
        options.Limits.ErrorShare);
}
