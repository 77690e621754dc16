using System.Text.Json;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Live;

/// <summary>
/// A run's folder that is looked at again and again, while any process writes it. It is only read. Thread-safe.
/// </summary>
/// <param name="name">The run's name among those that are shown.</param>
/// <param name="directory">Its folder.</param>
/// <param name="time">Clock.</param>
/// <param name="lives">Whether a writer's process is there; <see langword="null"/> for <see cref="RunState.Lives"/>.</param>
internal sealed class FollowedRun(string name, string directory, TimeProvider time, Func<RunWriter, bool?>? lives = null)
{
    private readonly Lock _gate = new();
    private readonly UnitTail _tail = new(RunFiles.UnitsPath(directory));
    private (DateTime Written, long Length) _headerStamp;
    private RunHeader? _header;
    private RunTally? _tally;
    private string? _fault;

    /// <summary>The run's name among those that are shown.</summary>
    public string Name => name;

    /// <summary>Its folder.</summary>
    public string Directory => directory;

    /// <summary>Start of the last session, for the order of a list.</summary>
    public DateTimeOffset LastSession
    {
        get
        {
            lock (_gate)
                return _header?.Sessions is [.., var last] ? last : DateTimeOffset.MinValue;
        }
    }

    /// <summary>Looks at the folder and returns the run's line in a list.</summary>
    public RunLine Line()
    {
        lock (_gate)
        {
            Look();
            return Builder() is { } builder ? builder.Line(Changed()) : Unreadable();
        }
    }

    /// <summary>Looks at the folder and returns what the run's page shows.</summary>
    public RunView View()
    {
        lock (_gate)
        {
            Look();
            return Builder() is { } builder ? builder.View(Changed(), Damage(), ActivityFile.Read(directory)) : Unreadable();
        }
    }

    /// <summary>The record of a unit that finished lately; <see langword="null"/> of others.</summary>
    public UnitRecord? Find(UnitKey key)
    {
        lock (_gate)
            return _tally?.Recent.Find(key);
    }

    private void Look()
    {
        try
        {
            var header = new FileInfo(RunFiles.HeaderPath(directory));
            if (!header.Exists)
                throw NoRun();
            if (_header is null || (header.LastWriteTimeUtc, header.Length) != _headerStamp)
                Begin((header.LastWriteTimeUtc, header.Length));
            var read = _tail.Read();
            if (read.Anew || _tally is null)
                _tally = new RunTally(_header!);
            foreach (var record in read.Records)
                _tally.Add(record);
            _fault = null;
        }
        catch (Exception exception) when (exception
            is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or JsonException)
        {
            (_header, _tally, _fault) = (null, null, FailureWords.Of(exception));
        }
    }

    // A new session may plan more samples, so everything is counted again.
    private void Begin((DateTime Written, long Length) stamp)
    {
        var header = RunFiles.ReadHeader(directory) ?? throw NoRun();
        if (header.Suite.Arms.Count == 0)
            throw new InvalidDataException($"{RunFiles.HeaderPath(directory)}: the suite has no arm. Restore the file.");
        (_header, _headerStamp) = (header, stamp);
        _tally = null;
        _tail.Forget();
    }

    private DirectoryNotFoundException NoRun() =>
        new($"'{directory}' holds no run: there is no run.json. Restore the folder, or start the view without it.");

    private RunViewBuilder? Builder()
    {
        if (_header is not { } header || _tally is not { } tally)
            return null;
        var now = time.GetUtcNow();
        var state = RunState.Of(tally.Finished >= header.Planned, Writer(), lives ?? RunState.Lives, Changed(), now);
        return new RunViewBuilder(name, header, tally, state, now);
    }

    private RunView Unreadable() => new() { Name = name, Condition = RunCondition.Unreadable, State = _fault! };

    private string? Damage() => _tail.Damage is not { } first ? null
        : _tail.DamagedLines == 1 ? $"A line of the log is left out, because it is damaged. {first}"
        : FormattableString.Invariant($"{_tail.DamagedLines} lines of the log are left out, because they are damaged. The first: {first}");

    private RunWriter? Writer()
    {
        try
        {
            return JsonSerializer.Deserialize(RunFiles.ReadShared(RunFiles.WriterPath(directory)), RunFormat.Line<RunWriter>());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // a run of an older program, or one that is beginning
        }
    }

    private DateTimeOffset Changed()
    {
        string[] files = [RunFiles.UnitsPath(directory), RunFiles.HeaderPath(directory)];
        return new DateTimeOffset(files.Where(File.Exists).Select(File.GetLastWriteTimeUtc).DefaultIfEmpty(DateTime.UnixEpoch).Max());
    }
}
