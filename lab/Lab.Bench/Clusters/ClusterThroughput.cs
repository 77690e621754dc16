using System.Diagnostics;
using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Cluster.Runs;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>Measures a cluster of this process against the harness without a cluster, and its grains alone. No model runs.</summary>
internal static class ClusterThroughput
{
    private const int Leased = 32, Completed = 64, Callers = 4;

    /// <summary>Measures.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="say">Receives what is being measured.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ThroughputReport> RunAsync(ThroughputOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("cogtools-cluster-").FullName;
        try
        {
            string Named(string name) => Path.Combine(folder, name);
            say("warming up");
            await ClusterAsync(1000, TimeSpan.Zero, options.Concurrency, Named("warm"), cancellationToken);
            await LocalAsync(1000, TimeSpan.Zero, options.Concurrency, Named("warm-local"), cancellationToken);
            say("units without a model");
            var local = await LocalAsync(options.Units, TimeSpan.Zero, options.Concurrency, Named("local"), cancellationToken);
            var cluster = await ClusterAsync(options.Units, TimeSpan.Zero, options.Concurrency, Named("cluster"), cancellationToken);
            say("units that take a while");
            var (slow, place) = (options.SlowUnits, options.SlowConcurrency);
            var slowLocal = await LocalAsync(slow, options.Unit, place, Named("slow-local"), cancellationToken);
            var slowCluster = await ClusterAsync(slow, options.Unit, place, Named("slow-cluster"), cancellationToken);
            say("grains alone");
            var grains = await GrainsAsync(options.Units, Named("grains"), say, cancellationToken);
            return new ThroughputReport(
                options.Units / local.Wall.TotalSeconds,
                options.Units / cluster.Wall.TotalSeconds,
                local.Processor / options.Units,
                cluster.Processor / options.Units,
                (slowCluster.Wall - slowLocal.Wall) * place / slow,
                grains.Leased,
                grains.Renewed,
                grains.Completed,
                (double)new FileInfo(RunFiles.UnitsPath(Named("cluster"))).Length / options.Units,
                (double)new DirectoryInfo(Path.Combine(Named("cluster"), "transcripts")).EnumerateFiles().Sum(static f => f.Length)
                    / options.Units);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(TimeSpan Wall, TimeSpan Processor)> LocalAsync(
        int units, TimeSpan unit, int concurrency, string directory, CancellationToken cancellationToken)
    {
        var (times, options) = (new WorkTimes(), new RunOptions { Directory = directory, Concurrency = concurrency });
        await EvalRun.ExecuteAsync(
            ScriptedRun.Suite, ScriptedRun.Problems(units), ScriptedRun.Catalog(unit), options, times, cancellationToken);
        return (times.Elapsed, times.Processor);
    }

    private static async Task<(TimeSpan Wall, TimeSpan Processor)> ClusterAsync(
        int units, TimeSpan unit, int concurrency, string directory, CancellationToken cancellationToken)
    {
        var (times, options) = (new WorkTimes(), new RunOptions { Directory = directory, Concurrency = concurrency });
        await ClusterRun.ExecuteAsync(
            ScriptedRun.Suite,
            ScriptedRun.Problems(units),
            _ => ScriptedRun.Catalog(unit),
            options,
            new EvalClusterOptions(),
            times,
            cancellationToken);
        return (times.Elapsed, times.Processor);
    }

    private static async Task<(double Leased, double Renewed, double Completed)> GrainsAsync(
        int units, string directory, Action<string> say, CancellationToken cancellationToken)
    {
        await using var run = await OpenedRun.StartAsync(units, directory, TimeSpan.FromHours(1), TimeProvider.System, cancellationToken);
        var place = run.Place("w");
        var had = new List<(int Shard, UnitName[] Units)>();
        var leasing = Stopwatch.GetTimestamp();
        for (var shard = 0; shard < place.Shards.Count; shard++)
        {
            var request = new LeaseRequest(place.Session, place.Worker, Leased, place.Arms);
            while ((await place.Shards[shard].LeaseAsync(request)).Units is { Count: > 0 } leased)
                had.Add((shard, [.. leased]));
        }

        var leaseTime = Stopwatch.GetElapsedTime(leasing);
        var count = had.Sum(static h => h.Units.Length);
        say($"{count} units leased");
        var renewing = Stopwatch.GetTimestamp();
        foreach (var (shard, held) in had)
            await place.Shards[shard].RenewAsync(place.Worker, held, []);
        var renewTime = Stopwatch.GetElapsedTime(renewing);

        var results = new List<(int Shard, UnitResult[] Results)>();
        foreach (var group in had.GroupBy(static h => h.Shard))
        {
            var made = await Task.WhenAll(group.SelectMany(static h => h.Units).Select(async u =>
                Wire.Write(await run.Units.RunAsync(u, cancellationToken))));
            results.AddRange(made.Chunk(Completed).Select(chunk => (group.Key, chunk)));
        }

        say($"{results.Count} batches of results");
        var completing = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            results,
            new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken },
            async (r, _) => await place.Shards[r.Shard].CompleteAsync(r.Results));
        var completeTime = Stopwatch.GetElapsedTime(completing);
        say("completed");
        return (count / leaseTime.TotalSeconds, count / renewTime.TotalSeconds, count / completeTime.TotalSeconds);
    }

    // From the start of the work to its end, without the start of the cluster.
    private sealed class WorkTimes : IProgress<RunEvent>
    {
        private long _started;
        private long _ended;
        private TimeSpan _used;

        public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started, _ended);

        public TimeSpan Processor { get; private set; }

        public void Report(RunEvent value)
        {
            if (value is RunStarted)
                (_started, _used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            else if (value is RunFinished)
                (_ended, Processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime - _used);
        }
    }
}
