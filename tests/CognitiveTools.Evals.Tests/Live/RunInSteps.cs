using System.Text.Json;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Files;

namespace CognitiveTools.Evals.Tests.Live;

/// <summary>A finished run whose log is taken back and written again line by line, as a process in progress would write it.</summary>
internal sealed class RunInSteps
{
    private readonly string[] _lines;
    private int _written;

    /// <param name="run">A run that is finished.</param>
    /// <param name="kept">Lines that the log still has.</param>
    public RunInSteps(RunResult run, int kept)
    {
        Directory = run.Directory;
        _lines = [.. File.ReadAllLines(Log).Select(static line => line + "\n")];
        File.WriteAllText(Log, string.Concat(_lines[..kept]));
        _written = kept;
    }

    public string Directory { get; }

    public string Log => RunFiles.UnitsPath(Directory);

    /// <summary>Lines of the whole log.</summary>
    public int Count => _lines.Length;

    /// <summary>The first line of the whole log.</summary>
    public string First => _lines[0];

    /// <summary>The next line, which is not written yet.</summary>
    public string Next => _lines[_written];

    /// <summary>Appends the next lines.</summary>
    public void Write(int count)
    {
        Append(string.Concat(_lines[_written..(_written + count)]));
        _written += count;
    }

    /// <summary>Writes what the workers do; <see langword="null"/> removes it.</summary>
    public void Write(RunActivity? activity)
    {
        var path = RunFiles.ActivityPath(Directory);
        if (activity is null)
            File.Delete(path);
        else
            AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(activity, RunFormat.Line<RunActivity>()));
    }

    /// <summary>Appends a text as it is.</summary>
    public void Append(string text) => File.AppendAllText(Log, text);

    /// <summary>Appends a record.</summary>
    public void Append(UnitRecord record) =>
        Append(JsonSerializer.Serialize(record, RunFormat.Line<UnitRecord>()) + "\n");
}
