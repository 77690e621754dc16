using CognitiveTools.Answers.Scoring;

namespace CognitiveTools.Evals.Runs;

/// <summary>Checks a session against its limits. Thread-safe.</summary>
internal sealed class RunMeter(RunLimits limits, TimeProvider time)
{
    // After so many units without usage, the client is assumed never to report any.
    private const int FewestForLimit = 5;

    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();
    private long _positions;
    private int _units;
    private int _unbilled;
    private int _errors;
    private string? _firstError;

    public void Count(UnitRecord record)
    {
        lock (_gate)
        {
            _units++;
            _positions += record.Usage.Positions;
            _unbilled += record.Usage.IsMissing ? 1 : 0;
            if (record.Status != SampleStatus.Error)
                return;
            _errors++;
            _firstError ??= record.Error;
        }
    }

    /// <summary>Why no further unit may begin; <see langword="null"/> below the limits.</summary>
    public string? Reached()
    {
        lock (_gate)
        {
            if (_positions >= limits.Positions)
                return FormattableString.Invariant($"the limit of {limits.Positions} positions was reached");
            if (limits.Positions is { } limit && _unbilled == _units && _units >= FewestForLimit)
            {
                return FormattableString.Invariant(
                    $"the limit of {limit} positions cannot be kept: no usage was reported for any of {_units} units");
            }

            if (time.GetElapsedTime(_started) >= limits.WallTime)
                return FormattableString.Invariant($"the limit of {limits.WallTime:c} wall time was reached");
            return _units >= RunLimits.FewestForErrorShare && _errors > limits.ErrorShare * _units
                ? FormattableString.Invariant(
                    $"{_errors} of {_units} units failed, more than {100 * limits.ErrorShare:0.#}%; the first error: {_firstError}")
                : null;
        }
    }
}
