using System.Collections.Concurrent;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Evals.Runs;

/// <summary>
/// A run that is open for writing: which units it still needs, and the one way by which results enter its log. Thread-safe.
/// </summary>
internal sealed class RunSession : IDisposable
{
    private readonly RunLog _log;
    private readonly RunMeter _meter;
    private readonly ConcurrentDictionary<UnitKey, UnitRecord> _finished;
    private readonly Dictionary<UnitKey, Task> _writing = [];
    private readonly string _directory;

    private RunSession(RunLog log, RunHeader header, RunOptions options)
    {
        (_log, Header, _directory) = (log, header, options.Directory);
        _meter = new RunMeter(options.Limits, options.Time);
        _finished = new(log.Finished.Where(f => !(options.RetryErrors && f.Value.Status == SampleStatus.Error)));
        UnitKey[] plan = [.. RunPlan.Keys(header)];
        Planned = plan.Length;
        Missing = [.. plan.Where(key => !_finished.ContainsKey(key))];
        FinishedBefore = [.. plan.Where(_finished.ContainsKey).Select(key => _finished[key])];
    }

    /// <summary>What is run, with the samples of this session.</summary>
    public RunHeader Header { get; }

    /// <summary>Units of this session's suite in all.</summary>
    public int Planned { get; }

    /// <summary>Units that were not finished when the session began, in the order of the plan.</summary>
    public IReadOnlyList<UnitKey> Missing { get; }

    /// <summary>Units that earlier sessions finished, in the order of the plan.</summary>
    public IReadOnlyList<UnitRecord> FinishedBefore { get; }

    /// <summary>Opens a run's directory, or begins one.</summary>
    /// <inheritdoc cref="RunLog.Open"/>
    public static RunSession Open(RunHeader header, IEnumerable<Problem> problems, RunOptions options)
    {
        var log = RunLog.Open(options.Directory, header, options.Time);
        try
        {
            RunFiles.WriteProblems(options.Directory, problems);
            return new(log, log.Header with { Suite = log.Header.Suite with { Samples = header.Suite.Samples } }, options);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Counts a unit against the session's limits.</summary>
    public void Count(UnitRecord record) => _meter.Count(record);

    /// <summary>Why no further unit may begin; <see langword="null"/> below the limits.</summary>
    public string? Reached() => _meter.Reached();

    /// <summary>Whether the unit's record is on disk.</summary>
    public bool Holds(UnitKey key) => _finished.ContainsKey(key);

    /// <summary>
    /// Stores transcripts and records of units with one flush, and waits until they are on disk. A unit that is there already stays as it
    /// is.
    /// </summary>
    /// <returns>The records that this call wrote.</returns>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    public async Task<IReadOnlyList<UnitRecord>> RecordAsync(IReadOnlyCollection<UnitOutcome> outcomes)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var others = new HashSet<Task>();
        var own = Claim(outcomes, written.Task, others);
        try
        {
            UnitRecord[] records = [.. own.Select(Stored)];
            if (records.Length > 0)
                await _log.AppendAsync(records);
            foreach (var record in records)
                _finished[record.Key] = record;
            Release(own);
            written.SetResult();
            await Task.WhenAll(others);
            return records;
        }
        catch (Exception failure) when (!written.Task.IsCompleted)
        {
            Release(own);
            written.SetException(failure);
            _ = written.Task.Exception; // seen, although perhaps nobody waits
            throw;
        }
    }

    /// <summary>The run as far as it is finished.</summary>
    public RunResult Result()
    {
        var result = RunResult.From(_directory, Header, _finished);
        return result with { Stopped = result.Complete ? null : _meter.Reached() };
    }

    public void Dispose() => _log.Dispose();

    // The units that no other call has written or is writing.
    private List<UnitOutcome> Claim(IReadOnlyCollection<UnitOutcome> outcomes, Task written, HashSet<Task> others)
    {
        var own = new List<UnitOutcome>(outcomes.Count);
        lock (_writing)
        {
            foreach (var outcome in outcomes.Where(o => !Holds(o.Record.Key)))
            {
                if (_writing.TryAdd(outcome.Record.Key, written))
                    own.Add(outcome);
                else if (_writing[outcome.Record.Key] is var other && other != written)
                    others.Add(other);
            }
        }

        return own;
    }

    private void Release(List<UnitOutcome> own)
    {
        lock (_writing)
        {
            foreach (var outcome in own)
                _writing.Remove(outcome.Record.Key);
        }
    }

    private UnitRecord Stored(UnitOutcome outcome) =>
        outcome.Record with { Transcript = outcome.Transcript is { } content ? _log.Store(content) : null };
}
