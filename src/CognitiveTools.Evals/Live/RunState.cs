using System.ComponentModel;
using System.Diagnostics;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Live;

/// <summary>
/// Whether a run goes on, and how that is known. It asks for the process that the folder names and leaves the lock alone: even a
/// short look at the lock could refuse the folder to a run that begins at that moment.
/// </summary>
/// <param name="Condition">Whether it goes on.</param>
/// <param name="Text">The same in words, with the reason.</param>
internal sealed record RunState(RunCondition Condition, string Text)
{
    /// <summary>A log that grew within this time is taken as being written, where the process cannot be asked for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // A clock that was set between the start of a process and its first unit.
    private static readonly TimeSpan ClockChange = TimeSpan.FromSeconds(30);

    /// <summary>The state of a run that can be read.</summary>
    /// <param name="complete">Whether no unit is missing.</param>
    /// <param name="writer">Who holds or held the folder; <see langword="null"/> when it does not say.</param>
    /// <param name="lives">Whether a writer's process is there; <see langword="null"/> when that cannot be seen.</param>
    /// <param name="changed">When the log grew last.</param>
    /// <param name="now">The time now.</param>
    public static RunState Of(
        bool complete, RunWriter? writer, Func<RunWriter, bool?> lives, DateTimeOffset changed, DateTimeOffset now)
    {
        if (complete)
            return new(RunCondition.Finished, "finished");
        var name = writer?.InWords() ?? "a process that the folder does not name";
        return (writer is null ? null : lives(writer)) switch
        {
            true => new(RunCondition.Running, $"running: {name} writes it"),
            false => new(
                RunCondition.Interrupted, $"interrupted: {name} has ended. The command that started the run resumes it."),
            null when now - changed <= Patience => new(RunCondition.Running, $"running: {name} changed the log in the last 5 minutes"),
            null => new(
                RunCondition.Unknown,
                $"unknown: {name} wrote it, and the log has not changed for more than 5 minutes. "
                    + "Look on its machine whether it still runs."),
        };
    }

    /// <summary>Whether a writer's process is on this machine; <see langword="null"/> when that cannot be seen.</summary>
    public static bool? Lives(RunWriter writer)
    {
        if (writer.Machine != Environment.MachineName)
            return null;
        try
        {
            using var process = Process.GetProcessById(writer.Process);
            // A later process may have got the same number.
            return process.StartTime.ToUniversalTime() <= writer.Since.UtcDateTime + ClockChange;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (Exception exception) when (exception is Win32Exception or NotSupportedException)
        {
            return null;
        }
    }
}
