using System.Globalization;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Progress;

/// <summary>
/// Writes progress line by line, for output that is not a terminal: at the start, every few seconds, and at the end.
/// </summary>
/// <param name="output">Where the lines go.</param>
/// <param name="time">Clock.</param>
/// <param name="every">Shortest time between two lines.</param>
internal sealed class PlainProgress(TextWriter output, TimeProvider time, TimeSpan every) : IProgress<RunEvent>
{
    private static readonly TimeSpan ShortRun = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly RunProgress _run = new(time);
    private long _last;
    private bool _estimated;

    /// <inheritdoc/>
    public void Report(RunEvent value)
    {
        _run.Report(value);
        lock (_gate)
        {
            if (!_estimated && Estimate(_run.Snapshot()) is { } estimate)
            {
                _estimated = true;
                output.WriteLine(TerminalText.Line(estimate));
            }

            switch (value)
            {
                case RunStarted started:
                    _last = time.GetTimestamp();
                    output.WriteLine(TerminalText.Line(First(started)));
                    break;
                case UnitFinished when time.GetElapsedTime(_last) >= every:
                    _last = time.GetTimestamp();
                    output.WriteLine(TerminalText.Line(Line(_run.Snapshot())));
                    break;
                case RunFinished finished:
                    output.WriteLine(TerminalText.Line(Line(_run.Snapshot())));
                    if (finished.Stopped is { } reason)
                        output.WriteLine(TerminalText.Line($"Stopped: {reason}. The same command continues the run."));
                    break;
            }
        }
    }

    private static string First(RunStarted run)
    {
        var suite = run.Header.Suite;
        var units = $"{run.Header.ProblemIds.Count} problems x {suite.Arms.Count} arms x {suite.Samples} samples";
        return $"{suite.Name}: {run.Planned} units ({units}), "
            + $"{run.Finished.Count} finished before";
    }

    // What the whole run will cost, as soon as every arm has shown what one of its units costs. A short run ends before anyone asks.
    private static string? Estimate(RunSnapshot at) =>
        at is { PositionsInAll: { } positions, Remaining: { } remaining } && remaining >= ShortRun
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Estimate from {at.Finished} of {at.Planned} units: {positions:N0} positions in all, about {Duration(remaining)} to go")
            : null;

    private static string Line(RunSnapshot at)
    {
        var (correct, truncated, errors) = (at.Arms.Sum(a => a.Correct), at.Arms.Sum(a => a.Truncated), at.Arms.Sum(a => a.Errors));
        var counts = $"{correct} correct, {truncated} truncated, {errors} errors";
        var remaining = at.Remaining is { } time && at.Finished < at.Planned ? $", about {Duration(time)} to go" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{at.Finished}/{at.Planned}] {counts}; {at.PositionsPerSecond:0} positions/s, {Duration(at.Elapsed)}{remaining}");
    }

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);
}
