using CognitiveTools.Evals.Cluster.Runs;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Cli.Clusters;

/// <summary>Runs a suite on a cluster. The cluster's library is loaded here and nowhere before.</summary>
internal static class ClusterEval
{
    /// <param name="cluster">The cluster, and whether its library logs.</param>
    /// <param name="run">The run: suite, problems, reasoners and options.</param>
    /// <param name="model">The model of arms that name none, for workers that have only the cluster's word.</param>
    /// <param name="progress">Receives the run's events.</param>
    /// <param name="notices">Receives what the cluster says.</param>
    /// <param name="cancellationToken">Ends this process's part.</param>
    public static Task<RunResult> RunAsync(
        (ClusterChoice Choice, bool Verbose) cluster,
        (Suite Suite, IReadOnlyList<Problem> Problems, Func<Arm, ReasonerCatalog> Reasoners, RunOptions Options) run,
        string? model,
        IProgress<RunEvent> progress,
        ClusterNotices notices,
        CancellationToken cancellationToken) => ClusterRun.ExecuteAsync(
            run.Suite,
            run.Problems,
            run.Reasoners,
            run.Options,
            ClusterMember.Options(cluster.Choice),
            model,
            ClusterMember.Logging(cluster.Verbose),
            new Split(progress, notices),
            cancellationToken);

    private sealed class Split(IProgress<RunEvent> progress, ClusterNotices notices) : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            if (value is ClusterNotice notice)
                notices.Say(notice.Text);
            else
                progress.Report(value);
        }
    }
}
