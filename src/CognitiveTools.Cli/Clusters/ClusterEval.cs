using CognitiveTools.Cli.Eval;
using CognitiveTools.Evals.Cluster.Runs;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Clusters;

/// <summary>Runs a suite on a cluster. The cluster's library is loaded here and nowhere before.</summary>
internal static class ClusterEval
{
    /// <param name="choice">The cluster.</param>
    /// <param name="error">Where notices of the cluster go.</param>
    /// <param name="model">The model of arms that name none, for workers that have only the cluster's word.</param>
    /// <param name="verbose">Whether the cluster's library logs.</param>
    /// <param name="run">The run: suite, problems, reasoners and options.</param>
    /// <param name="cancellationToken">Ends this process's part.</param>
    public static async Task<RunResult> RunAsync(
        ClusterChoice choice,
        TextWriter error,
        string? model,
        bool verbose,
        (Suite Suite, IReadOnlyList<Problem> Problems, Func<Arm, ReasonerCatalog> Reasoners, RunOptions Options) run,
        CancellationToken cancellationToken)
    {
        var notices = new List<string>();
        var result = await EvalDisplay.WatchAsync(error, progress => ClusterRun.ExecuteAsync(
            run.Suite,
            run.Problems,
            run.Reasoners,
            run.Options,
            ClusterMember.Options(choice),
            model,
            ClusterMember.Logging(verbose),
            new Notices(progress, text => Notify(notices, error, text)),
            cancellationToken));
        foreach (var text in notices)
            await error.WriteLineAsync(text);
        return result;
    }

    // A line in the middle of a table that is drawn again and again would tear it.
    private static void Notify(List<string> notices, TextWriter error, string text)
    {
        var line = TerminalText.Line($"cluster: {text}");
        if (EvalDisplay.IsPlain)
            error.WriteLine(line);
        else
            lock (notices)
                notices.Add(line);
    }

    private sealed class Notices(IProgress<RunEvent> inner, Action<string> notify) : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            if (value is ClusterNotice notice)
                notify(notice.Text);
            else
                inner.Report(value);
        }
    }
}
