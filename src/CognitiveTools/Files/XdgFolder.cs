namespace CognitiveTools.Files;

/// <summary>
/// The toolkit's folder under one of the user's base folders, by the XDG specification: <c>cognitivetools</c> under a variable such as
/// <c>XDG_CACHE_HOME</c> when that is a full path, else under a folder of Windows, or under the home folder on other systems. Other
/// values of the variable would depend on the current folder and are ignored, as the specification requires.
/// </summary>
internal static class XdgFolder
{
    /// <param name="name">The variable.</param>
    /// <param name="windows">The base folder on Windows.</param>
    /// <param name="home">The base folder on other systems, relative to the home folder.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="system">Finds a folder of the system.</param>
    /// <returns><see langword="null"/> when the system has no such folder for the user.</returns>
    public static string? Find(
        string name,
        Environment.SpecialFolder windows,
        string home,
        Func<string, string?> variable,
        Func<Environment.SpecialFolder, string> system)
    {
        var folder = variable(name) is { } named && Path.IsPathFullyQualified(named) ? named
            : OperatingSystem.IsWindows() ? system(windows)
            : Path.Combine(system(Environment.SpecialFolder.UserProfile), home);
        return Path.IsPathFullyQualified(folder) ? Path.Combine(folder, "cognitivetools") : null;
    }
}
