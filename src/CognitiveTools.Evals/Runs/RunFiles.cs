using System.Text;
using System.Text.Json;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Files;

namespace CognitiveTools.Evals.Runs;

/// <summary>The latest record of every unit of a log, and the bytes up to the end of its last whole line.</summary>
internal sealed record RunContent(IReadOnlyDictionary<UnitKey, UnitRecord> Units, long Length);

/// <summary>Names and reads the files of a run's directory.</summary>
internal static class RunFiles
{
    public static string HeaderPath(string directory) => Path.Combine(directory, "run.json");

    public static string UnitsPath(string directory) => Path.Combine(directory, "units.jsonl");

    public static string ProblemsPath(string directory) => Path.Combine(directory, "problems.jsonl");

    public static string WriterPath(string directory) => Path.Combine(directory, "writer.json");

    public static string ActivityPath(string directory) => Path.Combine(directory, "activity.json");

    /// <summary>Stores the problems as asked, so that a report has their texts and topics without the file they came from.</summary>
    public static void WriteProblems(string directory, IEnumerable<Problem> problems) =>
        AtomicFile.Write(ProblemsPath(directory), Encoding.UTF8.GetBytes(ProblemFile.Write(problems)));

    /// <summary>The stored problems by id; empty for a run of a version that did not store them.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static IReadOnlyDictionary<string, Problem> ReadProblems(string directory) => File.Exists(ProblemsPath(directory))
        ? ProblemFile.Read(ProblemsPath(directory)).Problems.ToDictionary(p => p.Id, StringComparer.Ordinal)
        : new Dictionary<string, Problem>(StringComparer.Ordinal);

    public static RunHeader? ReadHeader(string directory)
    {
        var path = HeaderPath(directory);
        if (!File.Exists(path))
            return null;
        var content = ReadShared(path);
        try
        {
            var header = JsonSerializer.Deserialize(content, RunFormat.Line<RunHeader>())
                ?? throw new JsonException("The file holds null.");
            if (header.Version > RunHeader.CurrentVersion)
                throw RunFault.Newer(path, header.Version, RunHeader.CurrentVersion);
            if (header.Version > 1)
                Check(header);
            return header;
        }
        catch (JsonException exception)
        {
            const string Remedy = "Restore the file or choose another run directory.";
            throw RunFault.Of(exception, content, path, "a run header", RunHeader.CurrentVersion, Remedy);
        }
    }

    /// <summary>Reads the units. Bytes after the last line break are a record that was being written when its process died.</summary>
    public static RunContent ReadUnits(string directory)
    {
        var path = UnitsPath(directory);
        var units = new Dictionary<UnitKey, UnitRecord>();
        if (!File.Exists(path))
            return new RunContent(units, 0);
        using var stream = OpenShared(path);
        var line = 0;
        var whole = WholeLines.Read(stream, text =>
        {
            if (ReadUnit(text, path, ++line) is { } record)
                units[record.Key] = record; // a repeated error comes later in the file and replaces the first record
        });
        return new RunContent(units, whole);
    }

    /// <summary>Reads a line of the log; <see langword="null"/> for a blank one, which an editor may leave.</summary>
    /// <exception cref="InvalidDataException">The line is not a record; the message names the line and the remedy.</exception>
    public static UnitRecord? ReadUnit(ReadOnlySpan<byte> line, string path, int number) =>
        line.IndexOfAnyExcept(" \t\r"u8) < 0 ? null : Parse(line, path, number);

    /// <summary>Opens a file of a run for reading; a process that writes the run may append to the file and replace it.</summary>
    public static FileStream OpenShared(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);

    /// <summary>Reads a whole file as <see cref="OpenShared"/> opens it.</summary>
    public static byte[] ReadShared(string path)
    {
        using var stream = OpenShared(path);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    // An arm without its reasoner's facts would compare equal to one with other facts.
    private static void Check(RunHeader header)
    {
        if (header.Facts is not { Arms: not null, Reasoners: not null, Answers: not null } facts)
            throw new JsonException("The key 'facts' is missing or lacks arms, reasoners or answers.");
        if (facts.Arms.FirstOrDefault(arm => arm.Value < 0 || arm.Value >= facts.Reasoners.Count) is { Key: { } arm })
            throw new JsonException($"The key 'facts' gives arm '{arm}' a reasoner that it does not list.");
    }

    private static UnitRecord Parse(ReadOnlySpan<byte> line, string path, int number)
    {
        try
        {
            var record = JsonSerializer.Deserialize(line, RunFormat.Line<UnitRecord>()) ?? throw new JsonException("The line holds null.");
            return record.Version <= UnitRecord.CurrentVersion
                ? record
                : throw RunFault.Newer($"{path}:{number}", record.Version, UnitRecord.CurrentVersion);
        }
        catch (JsonException exception)
        {
            const string Remedy = "Remove the line to run its unit again, or choose another run directory.";
            throw RunFault.Of(exception, line.ToArray(), $"{path}:{number}", "a unit record", UnitRecord.CurrentVersion, Remedy);
        }
    }
}
