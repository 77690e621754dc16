using System.Text.Json;
using CognitiveTools.Files;

namespace CognitiveTools.Evals.Runs;

/// <summary>
/// Writes once a second to <c>activity.json</c> what a run's workers do, until it is disposed; then the file is removed. The run goes on
/// where the file cannot be written.
/// </summary>
internal sealed class ActivityFile : IDisposable
{
    /// <summary>Time between two writes.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Func<RunActivity> _look;
    private readonly ITimer _timer;
    private bool _ended;

    /// <param name="directory">The run's folder, which this process holds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="look">What the workers do now; called on a thread of the pool.</param>
    public ActivityFile(string directory, TimeProvider time, Func<RunActivity> look)
    {
        (_path, _look) = (RunFiles.ActivityPath(directory), look);
        _timer = time.CreateTimer(_ => Write(), null, Period, Period);
    }

    /// <summary>The file of a run's folder; <see langword="null"/> where there is none, or none that can be read.</summary>
    public static RunActivity? Read(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize(
                RunFiles.ReadShared(RunFiles.ActivityPath(directory)), RunFormat.Line<RunActivity>());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _ended = true;
            Guarded(() => File.Delete(_path));
        }
    }

    private void Write()
    {
        if (!_gate.TryEnter())
            return; // the write before goes on, or the run has ended
        try
        {
            if (!_ended)
            {
                Guarded(() => AtomicFile.Write(
                    _path, JsonSerializer.SerializeToUtf8Bytes(_look(), RunFormat.Line<RunActivity>()), flushToDisk: false));
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    // Only those who watch miss it; a disk that is full is reported by the log. On a timer's thread any exception would end the process.
    private static void Guarded(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            // The next write tries again.
        }
    }
}
