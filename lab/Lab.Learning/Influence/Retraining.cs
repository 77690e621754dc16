using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Runs;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>
/// Trains the run's network again on part of its records, and measures it on the queries. What was measured is kept in
/// <c>NAME.retrained.jsonl</c> under a hash of run, corpora, part and seed, so that a study that was stopped goes on.
/// </summary>
internal sealed class Retraining
{
    private readonly RunFile _run;
    private readonly TokenFile _records, _queries;
    private readonly string _folder, _log, _inputs;
    private readonly Dictionary<string, Retrained> _known = new(StringComparer.Ordinal);

    /// <summary>Reads what was measured before.</summary>
    /// <param name="run">The run.</param>
    /// <param name="runText">The text of its file.</param>
    /// <param name="records">Its corpus.</param>
    /// <param name="queries">Its held-out corpus.</param>
    /// <param name="folder">Folder of the study.</param>
    public Retraining(RunFile run, string runText, TokenFile records, TokenFile queries, string folder)
    {
        (_run, _records, _queries, _folder) = (run, records, queries, folder);
        _log = Path.Combine(folder, run.Name + ".retrained.jsonl");
        _inputs = $"{Hash(Encoding.UTF8.GetBytes(runText))} {records.Sha256} {queries.Sha256}";
        Directory.CreateDirectory(folder);
        if (!File.Exists(_log))
            return;
        // A line that a crash cut off is measured again; the next one must not be joined to it.
        var complete = Array.FindAll(File.ReadAllLines(_log), static line => line.EndsWith('}'));

        File.WriteAllLines(_log, complete);
        foreach (var measured in complete.Select(static line => JsonSerializer.Deserialize<Retrained>(line)!))
            _known[measured.Key] = measured;
    }

    /// <summary>Gets a line for each training.</summary>
    public Action<string> Progress { get; init; } = static _ => { };

    /// <summary>Trainings that were measured.</summary>
    public int Trainings => _known.Count;

    /// <summary>The time that they took.</summary>
    public double Seconds => _known.Values.Sum(static one => one.Seconds);

    /// <summary>The run with a seed of the study.</summary>
    public RunFile Of(int seed) => _run.WithSeed(seed);

    /// <summary>Trains on all records and keeps the weights of every report.</summary>
    /// <returns>What was measured, and the paths of the weights, the last ones last.</returns>
    public (Retrained Measured, IReadOnlyList<string> Weights) Whole(int seed, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(_folder, $"whole-{seed}");
        var all = Enumerable.Range(0, _records.Count).ToArray();
        var key = KeyOf(all, seed);
        if (!_known.ContainsKey(key) || Kept().Length == 0)
            Train(key, folder, all, seed, cancellationToken);
        return (_known[key], Kept());

        string[] Kept() => !Directory.Exists(folder)
            ? []
            : [.. Directory.GetFiles(folder, $"{Of(seed).Name}-??????.safetensors").Order(StringComparer.Ordinal)];
    }

    /// <summary>Trains on some records, unless that was done before.</summary>
    public Retrained On(IReadOnlyList<int> rows, int seed, CancellationToken cancellationToken)
    {
        var key = KeyOf(rows, seed);
        if (!_known.ContainsKey(key))
        {
            var folder = Path.Combine(_folder, $"part-{key}");
            Train(key, folder, rows, seed, cancellationToken);
            Directory.Delete(folder, recursive: true);
        }

        return _known[key];
    }

    private void Train(string key, string folder, IReadOnlyList<int> rows, int seed, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        _records.Write(Path.Combine(folder, _records.Name), rows);
        _queries.Write(Path.Combine(folder, _queries.Name), [.. Enumerable.Range(0, _queries.Count)]);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using (var training = new TrainingRun(Of(seed), folder, folder) { KeepWeights = rows.Count == _records.Count })
            training.Execute(resume: false, cancellationToken);
        var seconds = Math.Round(watch.Elapsed.TotalSeconds, 1);
        using var network = Of(seed).Load(Path.Combine(folder, Of(seed).Name + ".safetensors"));
        var (losses, exact) = QueryLosses.Measure(network, _queries);
        var measured = new Retrained(key, seed, rows.Count, seconds, losses, exact);
        using (var log = new FileStream(_log, FileMode.Append))
            log.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(measured) + "\n"));
        _known[key] = measured;
        Progress(string.Create(
            CultureInfo.InvariantCulture,
            $"trained on {rows.Count} records, seed {seed}: {seconds} s, loss {losses.Average():F3}, {exact.Count(static one => one)} of "
                + $"{exact.Length} exact"));
    }

    private string KeyOf(IReadOnlyList<int> rows, int seed) =>
        Hash(Encoding.UTF8.GetBytes($"{_inputs} {seed} {string.Join(',', rows)}"))[..16];

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
