namespace CognitiveTools.Programs;

/// <summary>
/// The user's own folders, by the XDG base directory specification on Unix. A variable that holds a relative path is passed over,
/// as the specification asks: the path would depend on the current folder, which somebody else may have written.
/// </summary>
public static class UserFolders
{
    private const string Toolkit = "cognitivetools";

    /// <summary>A folder for what can be made again: under <c>XDG_CACHE_HOME</c>, the local application data on Windows, or <c>~/.cache</c>.</summary>
    /// <param name="name">Its name below <c>cognitivetools</c>.</param>
    /// <exception cref="InvalidOperationException">The system names no such folder.</exception>
    public static string Cache(string name) =>
        Find("XDG_CACHE_HOME", "LOCALAPPDATA", ".cache", Environment.GetEnvironmentVariable) is { } found
            ? Path.Combine(found, name)
            : throw new InvalidOperationException("There is no folder for the user's cache: HOME is not set. Set HOME or XDG_CACHE_HOME to a full path.");

    /// <summary>The folder of the user's settings: under <c>XDG_CONFIG_HOME</c>, the application data on Windows, or <c>~/.config</c>.</summary>
    /// <param name="variable">Reads an environment variable; <see langword="null"/> for this process's.</param>
    /// <returns><see langword="null"/> when the system names none.</returns>
    public static string? Settings(Func<string, string?>? variable = null) =>
        Find("XDG_CONFIG_HOME", "APPDATA", ".config", variable ?? Environment.GetEnvironmentVariable);

    private static string? Find(string xdg, string windows, string unix, Func<string, string?> variable)
    {
        string?[] bases =
        [
            variable(xdg),
            OperatingSystem.IsWindows() ? variable(windows) : variable("HOME") is { Length: > 0 } home ? Path.Combine(home, unix) : Profile(unix),
        ];
        return bases.FirstOrDefault(static folder => folder is { Length: > 0 } && Path.IsPathFullyQualified(folder)) is { } found ? Path.Combine(found, Toolkit) : null;
    }

    // Of the user database, for services without HOME.
    private static string? Profile(string folder) =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } profile ? Path.Combine(profile, folder) : null;
}
