using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Cluster.Runs;
using CognitiveTools.Evals.Cluster.Workers;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Randomness;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>
/// A run on many workers in one process: the grains, the log, and what a worker says to them are real; the clock and the time that units
/// take are simulated. What is due within <see cref="Step"/> happens at once, as calls of several workers do.
/// </summary>
internal sealed class ScaleSimulation
{
    private const double Spread = 0.8; // of the logarithm of a unit's time

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10), Beat = TimeSpan.FromSeconds(1), Lease = TimeSpan.FromMinutes(1);

    private readonly CallMeter _leasing = new(), _beating = new(), _completing = new();
    private readonly PriorityQueue<Due, (TimeSpan At, int Order)> _events = new();
    private readonly ScaleOptions _options;
    private readonly FakeTimeProvider _time;
    private readonly UnitWorker _units;
    private TimeSpan _now;
    private TimeSpan _work;
    private TimeSpan _end;
    private int _order;
    private int _finished;

    private ScaleSimulation(ScaleOptions options, FakeTimeProvider time, UnitWorker units) =>
        (_options, _time, _units) = (options, time, units);

    /// <summary>Simulates a run.</summary>
    /// <param name="workers">How many workers.</param>
    /// <param name="options">What they do.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ScaleRow> RunAsync(int workers, ScaleOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("cogtools-scale-").FullName;
        try
        {
            var count = workers * options.Places * options.UnitsPerPlace / ScriptedRun.Arms.Count * ScriptedRun.Arms.Count;
            var (time, directory) = (new FakeTimeProvider(), Path.Combine(folder, "run"));
            await using var run = await OpenedRun.StartAsync(count, directory, Lease, time, cancellationToken);
            var simulation = new ScaleSimulation(options, time, run.Units);
            await simulation.RunAsync(
                [.. Enumerable.Range(0, workers).Select(i => new SimulatedWorker(run.Place($"w{i}"), options.Places))],
                count,
                cancellationToken);
            var news = await run.Grain.NewsAsync(count);
            return news is { Pulse.Over: true, Repeats: 0 } && news.Total == count
                ? simulation.Row(workers, count, Bytes(directory))
                : throw new InvalidOperationException($"{news.Total:N0} of {count:N0} units are in the log; this is a defect.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task RunAsync(SimulatedWorker[] workers, int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < workers.Length; i++)
        {
            // Workers do not start at the same moment.
            var start = Beat * i / workers.Length;
            Add(start, new Due(workers[i], DueKind.Begin));
            Add(start, new Due(workers[i], DueKind.Beat));
        }

        while (_finished < count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await StepAsync();
        }
    }

    private async Task StepAsync()
    {
        _events.TryPeek(out _, out var first);
        _now = first.At + Step;
        _time.SetUtcNow(_time.Start + _now);
        var due = new List<Due>();
        while (_events.TryPeek(out _, out var next) && next.At <= _now)
            due.Add(_events.Dequeue());

        var beats = due.Where(static d => d.Kind == DueKind.Beat).Select(static d => d.Worker).ToArray();
        await _beating.MeasureAsync(beats, static worker => worker.BeatAsync());
        foreach (var worker in beats)
            Add(_now + Beat, new Due(worker, DueKind.Beat));

        var results = due.Where(static d => d.Result is not null).GroupBy(static d => d.Worker).ToArray();
        await _completing.MeasureAsync(results, static done => done.Key.CompleteAsync([.. done.Select(static d => d.Result!)]));
        _finished += results.Sum(static done => done.Count());
        _end = results.Length > 0 ? _now : _end;

        var asking = due.Where(static d => d.Kind == DueKind.Begin).Select(static d => d.Worker)
            .Concat(results.Select(static r => r.Key)).Distinct().ToArray();
        var begun = new List<(SimulatedWorker Worker, UnitKey Unit)>();
        await _leasing.MeasureAsync(asking, async worker =>
        {
            var units = await worker.BeginAsync();
            lock (begun)
                begun.AddRange(units.Select(unit => (worker, unit)));
        });
        foreach (var worker in asking.Where(static w => w.HasFreePlace))
            Add(_now + worker.Wait, new Due(worker, DueKind.Begin));
        foreach (var (worker, unit) in begun)
            await FinishLaterAsync(worker, unit);
    }

    private async Task FinishLaterAsync(SimulatedWorker worker, UnitKey unit)
    {
        var deviation = SeededRandom.Normal(SeededRandom.Of(unit.Seed(0)));
        var takes = _options.Unit * Math.Exp((Spread * deviation) - (Spread * Spread / 2)); // its mean is the option's
        _work += takes;
        var result = Wire.Write(await _units.RunAsync(unit, CancellationToken.None));
        Add(_now + takes, new Due(worker, DueKind.End, result with { Ms = takes.TotalMilliseconds }));
    }

    private void Add(TimeSpan at, Due due) => _events.Enqueue(due, (at, _order++));

    private ScaleRow Row(int workers, int count, long bytes) => new(
        workers,
        count,
        _work / (workers * _options.Places),
        _end,
        _leasing.Calls,
        _beating.Calls,
        _completing.Calls,
        _leasing.Processor,
        _beating.Processor,
        _completing.Processor,
        bytes);

    private static long Bytes(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);

    private enum DueKind
    {
        Beat,
        Begin,
        End,
    }

    private sealed record Due(SimulatedWorker Worker, DueKind Kind, UnitResult? Result = null);
}
