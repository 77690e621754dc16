namespace CognitiveTools.Programs;

/// <summary>
/// Finds programs on the search path. <see cref="System.Diagnostics.Process"/> looks for a bare name in the current folder
/// before it looks there, so a folder that somebody else wrote could bring an <c>npm</c> of its own; code that starts a program
/// by name resolves the name here first.
/// </summary>
internal static class ProgramPath
{
    /// <summary>What a command of a setting or an option means: a bare name one on the search path, anything else a path.</summary>
    /// <returns>The full path; <see langword="null"/> when a bare name is not on the search path.</returns>
    public static string? Locate(string command) => Path.GetFileName(command) == command ? Find(command) : Path.GetFullPath(command);

    /// <summary>The first program of a name on the search path.</summary>
    /// <param name="name">A bare name. On Windows <c>.exe</c> is added to one without an extension.</param>
    /// <param name="searchPath">Folders as the variable <c>PATH</c> lists them; <see langword="null"/> takes that variable.</param>
    /// <returns>Its full path; <see langword="null"/> when there is none.</returns>
    public static string? Find(string name, string? searchPath = null) => FindAll(name, searchPath).FirstOrDefault();

    /// <summary>All programs of a name on the search path, in its order. Relative entries of the path are passed over.</summary>
    /// <param name="name">As in <see cref="Find"/>.</param>
    /// <param name="searchPath">As in <see cref="Find"/>.</param>
    /// <exception cref="ArgumentException">The name holds a folder.</exception>
    public static IEnumerable<string> FindAll(string name, string? searchPath = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Path.GetFileName(name) != name)
            throw new ArgumentException($"'{name}' names a folder; give a program's bare name, or start it by its full path.",
                nameof(name));
        var file = OperatingSystem.IsWindows() && !Path.HasExtension(name) ? name + ".exe" : name;
        return (searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, file))
            .Where(File.Exists);
    }
}
