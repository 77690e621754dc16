using System.Diagnostics;
using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// The one training loop: corpus, network, objective and schedule from a run's file. Everything drawn depends on the run's seed and the
/// number of the step, and the checkpoint has all the rest, so a run that was stopped and resumed ends with the same bits.
/// </summary>
internal sealed class TrainingRun : IDisposable
{
    private const int StepsBetweenLines = 200;

    private readonly RunFile _run;
    private readonly RunFolder _folder;
    private readonly ILearner _learner;
    private readonly ICourse _course;
    private readonly AdamW _optimizer;
    private readonly Checkpoint _checkpoint;
    private double _lossSum;
    private long _lossCount;
    private double _secondsBefore;

    /// <summary>Prepares a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpora">Folder of the corpora.</param>
    /// <param name="folder">Folder that gets weights, log and checkpoint.</param>
    public TrainingRun(RunFile run, string corpora, string folder)
    {
        _run = run;
        _folder = new RunFolder(folder, run);
        _learner = Learners.Read(run, corpora, folder, cuda.is_available() ? CUDA : CPU);
        _course = _learner.Course;
        _optimizer = new AdamW(_learner.Parameters, run.Decay);
        _checkpoint = new Checkpoint(_learner.Parameters, _optimizer);
    }

    /// <summary>Time between checkpoints; reports write one as well.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Steps after which <see cref="Execute"/> writes a checkpoint and returns, at the end of a batch; no limit when
    /// <see langword="null"/>.
    /// </summary>
    public long? MostSteps { get; init; }

    /// <summary>Whether the weights of every report are kept, not the last ones alone.</summary>
    public bool KeepWeights { get; init; }

    /// <summary>Gets what the log gets, and a line of progress now and then.</summary>
    public Action<string> Progress { get; init; } = static _ => { };

    /// <summary>Learns until the course is over or the token is cancelled; a checkpoint is written either way.</summary>
    /// <param name="resume">Whether to go on from the folder's checkpoint.</param>
    /// <param name="cancellationToken">Stops after the current step.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The loss is not a number.</exception>
    public void Execute(bool resume, CancellationToken cancellationToken = default)
    {
        _folder.Open(resume);
        if (_run.From is { } from)
            WeightsFile.Load(_learner.Network, from, _run.FromRows);
        if (resume)
            Restore(_checkpoint.Load(_folder.Checkpoint));
        var watch = Stopwatch.StartNew();
        var saved = watch.Elapsed;
        var (begun, positions, busy) = (_optimizer.Steps, 0L, Environment.CpuUsage.TotalTime);
        Log(watch, Describe());
        while (!_course.IsDone && !cancellationToken.IsCancellationRequested && !(_optimizer.Steps - begun >= MostSteps))
        {
            positions += Step();
            if (_optimizer.Steps % StepsBetweenLines == 0)
            {
                var ofProcessor = (Environment.CpuUsage.TotalTime - busy).TotalSeconds;
                Progress($"step {_optimizer.Steps}: loss {_lossSum / _lossCount:F4}, {positions / watch.Elapsed.TotalSeconds:F0} positions "
                    + $"a second, {positions / ofProcessor:F0} a second of processor time");
            }

            if (_course.IsReportDue)
            {
                var report = _learner.Report(_lossSum / _lossCount);
                (_lossSum, _lossCount) = (0, 0);
                Log(watch, report);
                SaveProduct();
                if (KeepWeights)
                    _folder.KeepWeights(_learner.Network, _optimizer.Steps, _run.Rate * _course.Rate);
            }
            else if (watch.Elapsed - saved < CheckpointEvery)
            {
                continue;
            }

            Save(watch);
            saved = watch.Elapsed;
        }

        Save(watch);
        SaveProduct();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _learner.Dispose();
    }

    // Without a scope of its own a step would leave its tensors to the garbage collector, which does not see their size.
    private long Step()
    {
        using var scope = NewDisposeScope();
        var batch = _course.Next();
        foreach (var loss in _learner.Losses(batch, SeededRandom.For(_run.Seed, $"step {_optimizer.Steps}")))
            Learn(loss);
        _course.Advance(batch);
        return batch.Positions;
    }

    private void Learn(Tensor loss)
    {
        using (loss)
        {
            loss.backward();
            _optimizer.Step(_run.Rate * _course.Rate);
            var value = loss.item<float>();
            if (!float.IsFinite(value))
                throw new InvalidOperationException($"The loss of step {_optimizer.Steps} is {value}. Lower 'rate' and begin anew.");
            (_lossSum, _lossCount) = (_lossSum + value, _lossCount + 1);
        }
    }

    private void SaveProduct()
    {
        if (_learner.Product is { } product)
            _folder.Save(product);
        else
            _folder.SaveWeights(_learner.Network);
    }

    private JsonObject Describe()
    {
        var record = new JsonObject
        {
            ["name"] = _run.Name,
            ["parameters"] = _learner.Network.Parameters.Count,
            ["learned"] = _learner.Parameters.Sum(static vector => vector.Count),
            ["torch"] = __version__,
            ["device"] = _learner.Network.Device.type.ToString(),
            ["threads"] = get_num_threads(),
        };
        foreach (var (key, value) in _learner.Describe())
            record[key] = value?.DeepClone();
        return record;
    }

    private void Log(Stopwatch watch, JsonObject record)
    {
        record.Insert(0, "seconds", Math.Round(_secondsBefore + watch.Elapsed.TotalSeconds));
        Progress(_folder.Log(record));
    }

    private void Save(Stopwatch watch) => _checkpoint.Save(_folder.Checkpoint, new JsonObject
    {
        ["name"] = _run.Name,
        ["steps"] = _optimizer.Steps,
        ["seconds"] = _secondsBefore + watch.Elapsed.TotalSeconds,
        ["lossSum"] = _lossSum,
        ["lossCount"] = _lossCount,
        ["course"] = _course.Progress,
    });

    private void Restore(JsonObject progress)
    {
        if (progress["name"]!.GetValue<string>() is var name && name != _run.Name)
            throw new InvalidDataException($"{_folder.Checkpoint} is a checkpoint of the run '{name}', not of '{_run.Name}'.");
        _optimizer.Steps = progress["steps"]!.GetValue<long>();
        _secondsBefore = progress["seconds"]!.GetValue<double>();
        _lossSum = progress["lossSum"]!.GetValue<double>();
        _lossCount = progress["lossCount"]!.GetValue<long>();
        _course.Progress = progress["course"]!.AsObject();
    }
}
