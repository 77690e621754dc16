using System.Diagnostics;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Randomness;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Lab.Bench.Soak;

/// <summary>
/// Mixed traffic on one engine for a given time: generations, latent thoughts, forks, rewinds, cancellations, abandoned
/// streams and disposals in the middle of work. At even intervals the callers finish what they are at and dispose
/// everything; what is left then is measured.
/// </summary>
internal static class EngineSoak
{
    private const int Context = 256, IdlePrefixes = 8; // positions; prefixes

    /// <summary>Runs the soak. Nothing else in the process may make native objects meanwhile.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="progress">Told every measurement.</param>
    /// <param name="cancellationToken">Ends the soak at the next measurement.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public static async Task<SoakReport> RunAsync(
        LlamaModel model, SoakOptions options, IProgress<SoakSample>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        var lanes = (options.Callers * (SoakCaller.MostSequences + 1)) + IdlePrefixes + 1; // a stream for each, and one to measure in
        await using var engine = new LlamaEngine(model, new()
        {
            Threads = options.Threads,
            ContextLength = Math.Min(Context, model.TrainedContextLength),
            CacheLength = Context * lanes,
            MaxSequences = lanes,
            IdlePrefixes = IdlePrefixes,
        });
        var tally = new SoakTally();
        SoakCaller[] callers =
        [
            .. Enumerable.Range(0, options.Callers)
                .Select(i => new SoakCaller(engine, tally, i, SeededRandom.Of(Seeds.Derive(options.Seed, i)))),
        ];
        var round = options.Duration / options.Rounds;
        var samples = new List<SoakSample>();
        var start = Stopwatch.GetTimestamp();
        await RoundAsync(round).ConfigureAwait(false); // warms up
        start = Stopwatch.GetTimestamp();
        await MeasureAsync().ConfigureAwait(false);
        for (var i = 1; i <= options.Rounds; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RoundAsync((round * i) - Stopwatch.GetElapsedTime(start)).ConfigureAwait(false);
            await MeasureAsync().ConfigureAwait(false);
        }

        return new(model.Path, engine.Threads, options, samples, tally.Operations, tally.Failures, engine.Counters.Forwarded);

        async Task RoundAsync(TimeSpan length)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            end.CancelAfter(length > TimeSpan.Zero ? length : TimeSpan.Zero);
            var least = tally.Total + options.LeastOperations;
            bool HasEnded() => end.IsCancellationRequested && (tally.Total >= least || cancellationToken.IsCancellationRequested);
            var running = callers.Select(caller => Task.Run(() => caller.RunAsync(HasEnded), CancellationToken.None));
            await Task.WhenAll(running).ConfigureAwait(false);
        }

        async Task MeasureAsync()
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            NativeHeap.Trim();
            var census = await engine.CountCacheAsync(cancellationToken).ConfigureAwait(false);
            using var process = Process.GetCurrentProcess();
            var sample = new SoakSample(
                Stopwatch.GetElapsedTime(start), tally.Total, process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: false),
                NativeHeap.InUse(), NativeObjects.Live, census.OpenLanes, census.Idle, census.Held);
            samples.Add(sample);
            progress?.Report(sample);
        }
    }

    private static void Check(SoakOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Duration, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Rounds, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Callers, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Callers, SoakOptions.MostCallers, nameof(options));
    }
}
