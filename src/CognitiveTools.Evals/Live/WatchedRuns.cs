using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Live;

/// <summary>
/// The runs that are shown: those that were named, and those of the folders that were named, where new ones may appear. Thread-safe.
/// </summary>
internal sealed class WatchedRuns
{
    private readonly Lock _gate = new();
    private readonly List<FollowedRun> _runs = [];
    private readonly string[] _named;
    private readonly string[] _folders;
    private readonly TimeProvider _time;
    private readonly Func<RunWriter, bool?>? _lives;

    private WatchedRuns(string[] named, string[] folders, TimeProvider time, Func<RunWriter, bool?>? lives)
    {
        (_named, _folders, _time, _lives) = (named, folders, time, lives);
        Find();
    }

    /// <summary>The one run that was named, if no other run can be shown.</summary>
    public FollowedRun? Only => _named.Length == 1 && _folders.Length == 0 ? Find(Path.GetFileName(_named[0])) : null;

    /// <summary>Watches runs and folders of runs.</summary>
    /// <param name="named">Directories: of a run, or with runs in it.</param>
    /// <param name="time">Clock.</param>
    /// <param name="lives">Whether a writer's process is there; <see langword="null"/> for this machine's processes.</param>
    /// <exception cref="DirectoryNotFoundException">A directory is missing, or neither is a run nor holds one.</exception>
    public static WatchedRuns Open(IEnumerable<string> named, TimeProvider time, Func<RunWriter, bool?>? lives = null)
    {
        string[] all = [.. named.Select(Path.GetFullPath).Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal)];
        foreach (var directory in all.Where(static d => !IsRun(d) && RunsIn(d).Length == 0))
        {
            throw new DirectoryNotFoundException(Directory.Exists(directory)
                ? $"'{directory}' holds no run: neither it nor a folder in it has a run.json. "
                    + "Give the folder of a run, or a folder of runs."
                : $"There is no folder '{directory}'. Give the folder of a run, or a folder of runs; `cogtools run list` prints the runs.");
        }

        return new WatchedRuns([.. all.Where(IsRun)], [.. all.Where(static d => !IsRun(d))], time, lives);
    }

    /// <summary>Watches a folder in which the first run may still be to come.</summary>
    public static WatchedRuns In(string folder, TimeProvider time, Func<RunWriter, bool?>? lives = null) =>
        new([], [Path.GetFullPath(folder)], time, lives);

    /// <summary>Looks at the folders and returns a line for each run; the one that was started last comes first.</summary>
    public IReadOnlyList<RunLine> Lines()
    {
        FollowedRun[] runs;
        lock (_gate)
        {
            Find();
            runs = [.. _runs];
        }

        return [.. runs.Select(static run => (Line: run.Line(), run.LastSession)).OrderByDescending(static r => r.LastSession)
            .ThenBy(static r => r.Line.Name, StringComparer.Ordinal).Select(static r => r.Line)];
    }

    /// <summary>The run of a name; <see langword="null"/> for another name.</summary>
    public FollowedRun? Find(string name)
    {
        lock (_gate)
        {
            if (!_runs.Exists(run => run.Name == name))
                Find();
            return _runs.Find(run => run.Name == name);
        }
    }

    // A run keeps its name as long as it is there. A named one stays when its folder is removed, and then says so.
    private void Find()
    {
        string[] there = [.. _named.Concat(_folders.SelectMany(RunsIn)).Distinct(StringComparer.Ordinal)];
        _runs.RemoveAll(run => !there.Contains(run.Directory, StringComparer.Ordinal));
        foreach (var directory in there.Where(directory => !_runs.Exists(run => run.Directory == directory)))
        {
            var folder = Path.GetFileName(directory);
            var name = folder;
            for (var number = 2; _runs.Exists(run => run.Name == name); number++)
                name = FormattableString.Invariant($"{folder} ({number})");
            _runs.Add(new FollowedRun(name, directory, _time, _lives));
        }
    }

    private static bool IsRun(string directory) => File.Exists(RunFiles.HeaderPath(directory));

    private static string[] RunsIn(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateDirectories(folder).Where(IsRun).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // it was removed at this moment, or may not be read
        }
    }
}
