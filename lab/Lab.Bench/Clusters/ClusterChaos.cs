using System.Collections.Concurrent;
using System.Diagnostics;
using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Cluster.Runs;
using CognitiveTools.Evals.Cluster.Workers;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>
/// Runs of a cluster of processes on this machine, while processes of it are killed. A round is right when the log has every unit once,
/// with the verdict that a run on one machine gives.
/// </summary>
internal static class ClusterChaos
{
    private static readonly TimeSpan Watched = TimeSpan.FromMinutes(2);

    /// <summary>Runs the rounds.</summary>
    /// <param name="program">The store.</param>
    /// <param name="member">The program that runs <see cref="Member"/>, and its arguments before the options.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="say">Receives what happens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<ChaosRound> RunAsync(
        IStoreProgram program,
        IReadOnlyList<string> member,
        ChaosOptions options,
        Action<string> say,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("cogtools-chaos-").FullName;
        try
        {
            var problems = ScriptedRun.Problems(options.Units);
            var expected = await ExpectedAsync(problems, Path.Combine(folder, "expected"), cancellationToken);
            for (var number = 1; number <= options.Rounds; number++)
            {
                using var store = await StoreServer.StartAsync(program, cancellationToken);
                using var members = new MemberList(member, store.Use(new EvalClusterOptions()), options);
                members.StartAll();
                yield return await RoundAsync(number, folder, problems, expected, store, members, options, say, cancellationToken);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Dictionary<string, string>> ExpectedAsync(
        Problem[] problems, string directory, CancellationToken cancellationToken)
    {
        var run = await EvalRun.ExecuteAsync(
            ScriptedRun.Suite,
            problems,
            ScriptedRun.Catalog(TimeSpan.Zero),
            new RunOptions { Directory = directory, Concurrency = 64 },
            cancellationToken: cancellationToken);
        return run.Units.ToDictionary(static u => $"{u.Key}", static u => $"{u.Status} {u.Answer}", StringComparer.Ordinal);
    }

    private static async Task<ChaosRound> RoundAsync(
        int number,
        string folder,
        Problem[] problems,
        Dictionary<string, string> expected,
        StoreServer store,
        MemberList members,
        ChaosOptions options,
        Action<string> say,
        CancellationToken cancellationToken)
    {
        var random = SeededRandom.For((ulong)options.Seed, FormattableString.Invariant($"chaos round {number}"));
        var cluster = members.Options(isSilo: false).ToCluster();
        await using var watch = await ClusterNode.StartAsync(cluster, TimeProvider.System, cancellationToken: cancellationToken);
        var directory = Path.Combine(folder, FormattableString.Invariant($"round-{number}"));
        var finished = new FinishTimes();
        var started = Stopwatch.GetTimestamp();
        var running = ClusterRun.ExecuteAsync(
            ScriptedRun.Suite,
            problems,
            _ => ScriptedRun.Catalog(TimeSpan.Zero),
            new RunOptions { Directory = directory },
            cluster,
            finished,
            cancellationToken);
        var unused = new RunOptions { Directory = directory };
        var (header, _) = await EvalRun.PrepareAsync(
            ScriptedRun.Suite, problems, _ => ScriptedRun.Catalog(TimeSpan.Zero), unused, cancellationToken);
        var run = watch.Grains.GetGrain<IRunGrain>(ClusterRun.KeyOf(header));
        var kills = new List<(ChaosEvent Event, int Finished, long At)>();
        foreach (var (what, at) in Plan(options, random))
        {
            await finished.ReachAsync(Math.Min(at, problems.Length * 2), running, cancellationToken);
            if (running.IsCompleted)
                break;
            kills.Add((what, finished.Count, Stopwatch.GetTimestamp()));
            say(FormattableString.Invariant($"round {number}: kill of {what} at {finished.Count} units"));
            await KillAsync(what, store, members, run, random, options, cancellationToken);
        }

        await running;
        var elapsed = Stopwatch.GetElapsedTime(started);
        var news = await NewsAsync(run, cancellationToken);
        return Check(number, elapsed, directory, expected) with
        {
            Repeats = news.Repeats,
            Kills = [.. kills.Select(k => new ChaosKill(k.Event, k.Finished, finished.LongestPause(k.At, Watched)))],
        };
    }

    // At random moments between the first twentieth and nine tenths of the run.
    private static IEnumerable<(ChaosEvent What, int At)> Plan(ChaosOptions options, Random random)
    {
        ChaosEvent[] order = [.. options.Events];
        random.Shuffle(order);
        int[] moments = [.. order.Select(_ => (int)(options.Units * (0.05 + (0.85 * random.NextDouble())))).Order()];
        return order.Zip(moments);
    }

    private static async Task KillAsync(
        ChaosEvent what,
        StoreServer store,
        MemberList members,
        IRunGrain run,
        Random random,
        ChaosOptions options,
        CancellationToken cancellationToken)
    {
        switch (what)
        {
            case ChaosEvent.Worker:
                members.Replace(m => !m.Options.IsSilo, random);
                break;
            case ChaosEvent.Store:
                store.Kill();
                await Task.Delay(options.Outage, cancellationToken);
                await store.StartAsync(cancellationToken);
                break;
            default:
                var owner = (await NewsAsync(run, cancellationToken)).Owner;
                bool Owns(MemberProcess m) => owner.StartsWith(FormattableString.Invariant($"process {m.Id} "), StringComparison.Ordinal);
                members.Replace(m => m.Options.IsSilo && Owns(m) == (what == ChaosEvent.Owner), random);
                break;
        }
    }

    // From whoever owns the run by then.
    private static Task<RunNews> NewsAsync(IRunGrain run, CancellationToken cancellationToken) => Retry.UntilAsync(
        () => run.NewsAsync(int.MaxValue), static _ => true, TimeProvider.System, cancellationToken);

    private static ChaosRound Check(int number, TimeSpan elapsed, string directory, Dictionary<string, string> expected)
    {
        var lines = File.ReadLines(Path.Combine(directory, "units.jsonl")).Count();
        var units = RunResult.Load(directory).Units;
        var right = units.Count(u => expected.GetValueOrDefault($"{u.Key}") == $"{u.Status} {u.Answer}");
        return new ChaosRound(number, elapsed, [], expected.Count - units.Count, lines - units.Count, units.Count - right, 0);
    }

    private sealed class FinishTimes : IProgress<RunEvent>
    {
        private readonly ConcurrentQueue<long> _times = new();

        public int Count => _times.Count;

        public void Report(RunEvent value)
        {
            if (value is UnitFinished)
                _times.Enqueue(Stopwatch.GetTimestamp());
        }

        public async Task ReachAsync(int count, Task running, CancellationToken cancellationToken)
        {
            while (Count < count && !running.IsCompleted)
                await Task.Delay(50, cancellationToken);
        }

        public TimeSpan LongestPause(long from, TimeSpan watched)
        {
            long[] after = [from, .. _times.Where(t => t > from && Stopwatch.GetElapsedTime(from, t) < watched).Order()];
            return after.Zip(after.Skip(1), Stopwatch.GetElapsedTime).DefaultIfEmpty().Max();
        }
    }
}
