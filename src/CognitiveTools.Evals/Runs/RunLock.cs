using System.Text.Json;
using CognitiveTools.Files;

namespace CognitiveTools.Evals.Runs;

/// <summary>
/// Keeps a second writer out of a run's directory. The lock is the open file, so it ends with the process, however the process
/// dies; a leftover file locks nothing.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the directory.</summary>
    /// <exception cref="IOException">Another process writes the run; the message names it.</exception>
    public static RunLock Take(string directory, TimeProvider time)
    {
        var ownerPath = RunFiles.WriterPath(directory);
        FileStream file;
        try
        {
            file = new FileStream(Path.Combine(directory, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(
                $"The run in '{directory}' cannot be written: no file may be written in that directory. Correct its rights, or choose "
                + "another run directory.",
                exception);
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"The run in '{directory}' is being written by {Owner(ownerPath)}. Wait for it, end it, or choose another run directory.",
                exception);
        }

        try
        {
            var owner = new RunWriter(Environment.ProcessId, Environment.MachineName, time.GetUtcNow());
            AtomicFile.Write(ownerPath, JsonSerializer.SerializeToUtf8Bytes(owner, RunFormat.Line<RunWriter>()));
            return new RunLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Owner(string path)
    {
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllBytes(path), RunFormat.Line<RunWriter>()) is { } owner)
                return $"{owner.InWords()} since {owner.Since:u}";
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            // The other process may be between taking the lock and writing its name.
        }

        return "another process";
    }
}
